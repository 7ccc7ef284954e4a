import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readConfiguration } from '../../src/server/commands/configuration.js';
import { BadOptions, readOptions } from '../../src/server/options.js';

const TOKEN = 'a-token-for-this-test';

describe('values that were pasted', () => {
  it('are taken without the white space around them, in code and file', () => {
    const settings = readOptions({
      token: ` ${TOKEN}\n`,
      database: 'postgres://localhost/x\n',
      origins: [' https://site.example/ ', 'https://Site.example:443', 'https://münchen.example', '*\n'],
      webhooks: { cal: 'a secret of two words\r\n', calendly: ['\tthe-first-secret', 'the-second-secret '] },
      upstreams: [
        {
          provider: 'cal',
          key: 'cal_live_x\n',
          pages: [' https://cal.com/acme\n'],
          api: 'https://api.example/ ',
        },
        { provider: 'calendly', token: '\u00a0calendly-token ' },
        { provider: 'acuity', userId: ' 123 ', apiKey: 'key\n', pages: ['https://acme.as.me'] },
        { provider: 'hubspot', token: 'hubspot-token\n' },
      ],
      embed: { pages: [' https://savvycal.com/acme '] },
      otlp: { url: 'https://otel.example/v1/metrics', headers: { authorization: 'Bearer x\n' } },
    });
    assert.equal(settings.token, TOKEN);
    assert.equal(settings.database, 'postgres://localhost/x');
    assert.deepEqual(settings.origins, [
      'https://site.example',
      'https://site.example',
      'https://xn--mnchen-3ya.example',
      '*',
    ]);
    assert.deepEqual(settings.webhooks, {
      cal: ['a secret of two words'],
      calendly: ['the-first-secret', 'the-second-secret'],
    });
    const [cal, calendly, acuity, hubspot] = settings.upstreams;
    assert.deepEqual(
      [cal?.provider === 'cal' && cal.key, cal?.pages, cal?.api],
      ['cal_live_x', ['https://cal.com/acme'], 'https://api.example/'],
    );
    assert.equal(calendly?.provider === 'calendly' && calendly.token, 'calendly-token');
    assert.deepEqual(acuity?.provider === 'acuity' && [acuity.userId, acuity.apiKey], ['123', 'key']);
    assert.equal(hubspot?.provider === 'hubspot' && hubspot.token, 'hubspot-token');
    assert.deepEqual(settings.embed.pages, ['https://savvycal.com/acme']);
    assert.deepEqual(settings.otlp?.headers, { authorization: 'Bearer x' });
  });

  it('are taken so from flags and from the environment', async () => {
    const { options } = await readConfiguration(
      { token: `${TOKEN}\n`, origins: 'https://site.example/, https://other.example ' },
      {
        CAL_WEBHOOK_SECRET: 'the-new-secret, the-old-secret,\n',
        CAL_API_KEY: 'cal_live_x\n',
        CALENDLY_TOKEN: ' calendly-token ',
        BOOKING_PROXIES: '1\n',
      },
    );
    const settings = readOptions(options);
    assert.equal(settings.token, TOKEN);
    assert.equal(settings.proxies, 1);
    assert.deepEqual(settings.origins, ['https://site.example', 'https://other.example']);
    assert.deepEqual(settings.webhooks.cal, ['the-new-secret', 'the-old-secret']);
    const [cal, calendly] = settings.upstreams;
    assert.equal(cal?.provider === 'cal' && cal.key, 'cal_live_x');
    assert.equal(calendly?.provider === 'calendly' && calendly.token, 'calendly-token');
  });

  it('are taken from the environment without the quotation marks that Docker keeps', async () => {
    const { options } = await readConfiguration(
      {},
      {
        BOOKING_TOKEN: `"${TOKEN}"`,
        BOOKING_ORIGINS: "'https://site.example, https://other.example,' ",
        BOOKING_PROXIES: '"1"',
        BOOKING_DATA: '""',
        BOOKING_UPSTREAMS: `'[{"provider":"cal","pages":["https://cal.com/acme"]}]'`,
        BOOKING_OTLP_HEADERS: `"{"authorization":"Bearer x"}"`,
        OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'https://otel.example/v1/metrics',
        CAL_WEBHOOK_SECRET: '"the-new-secret","the-old-secret"',
      },
    );
    const settings = readOptions(options);
    assert.deepEqual([settings.token, settings.proxies, settings.data], [TOKEN, 1, 'booking-data']);
    assert.deepEqual(settings.origins, ['https://site.example', 'https://other.example']);
    assert.deepEqual(settings.upstreams[0]?.pages, ['https://cal.com/acme']);
    assert.deepEqual(settings.otlp?.headers, { authorization: 'Bearer x' });
    assert.deepEqual(settings.webhooks.cal, ['the-new-secret', 'the-old-secret']);
  });

  for (const password of ['12/34', 'pass#word', 'pass?word', 'p@ss/word'])
    it(`are refused, and not repeated, where "${password}" makes another address of a database's`, () => {
      assert.throws(
        () => readOptions({ database: `postgres://me:${password}@db.example:5432/x` }),
        (cause: unknown) =>
          cause instanceof BadOptions &&
          cause.message.startsWith('`database`: must have its user name and password percent-encoded') &&
          !cause.message.includes(password),
      );
    });

  for (const database of [
    'postgres://me@server:p%40ss%2Fword@server.db.example:5432/x?sslmode=require',
    'postgres://me:p@ss@db.example/x',
    'postgres:///x?host=/var/run/postgresql',
    'postgres://db.example/x?user=me@server',
    'postgresql://me:word@/x?host=/cloudsql/project:region:instance',
  ])
    it(`take the address of a database as providers write it: ${database}`, () =>
      assert.equal(readOptions({ database }).database, database));

  for (const [about, options, name] of [
    ['a token with white space within', { token: 'a-token for-this-test' }, 'token'],
    [
      'a key with a line break within',
      { upstreams: [{ provider: 'cal', key: 'cal\nlive' }] },
      'upstreams[0].key',
    ],
    ['a webhook secret of two lines', { webhooks: { cal: 'a-secret-of\ntwo-lines' } }, 'webhooks.cal'],
    ['an origin with a path', { origins: ['https://site.example/shop'] }, 'origins[0]'],
    ['an origin with a name', { origins: ['https://me@site.example'] }, 'origins[0]'],
    [
      'an origin without a scheme',
      { origins: ['site.example'] },
      'origins[0]`: must be an origin like https://example.com',
    ],
    [
      'an origin with a wildcard, which no browser sends',
      { origins: ['https://*.site.example'] },
      'origins[0]`: must be an origin',
    ],
    [
      'a page with a wildcard',
      { upstreams: [{ provider: 'cal', pages: ['https://cal.com/acme/*'] }] },
      'upstreams[0].pages[0]`: must be an address without `*`',
    ],
    [
      'a hosted page with a wildcard',
      { embed: { pages: ['https://savvycal.com/*'] } },
      'embed.pages[0]`: must be an address without `*`',
    ],
    ['a level that is none', { log: 'INFO' }, 'log`: must be debug, info, warn, error or silent'],
  ] as const)
    it(`are named at the start where they cannot be made right: ${about}`, () => {
      assert.throws(
        () => readOptions(options),
        (cause: unknown) => cause instanceof BadOptions && cause.message.startsWith(`\`${name}`),
      );
    });
});
