import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { readConfiguration } from '../../src/server/commands/configuration.js';
import { booleanOf } from '../../src/server/commands/flags.js';
import { ownerToken } from '../../src/server/commands/owner-token.js';
import { configText } from '../../src/server/commands/print-config.js';
import { BadOptions, readOptions } from '../../src/server/options.js';

const folder = mkdtempSync(join(tmpdir(), 'configuration-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

const fileWith = (content: string): string => {
  const file = join(folder, `file-${++files}`);
  writeFileSync(file, content);
  return file;
};

/** Options as a command reads them. */
async function read(file: object, env: NodeJS.ProcessEnv = {}, flags: Record<string, string> = {}) {
  const config = `${fileWith('')}.json`;
  writeFileSync(config, JSON.stringify(file));
  const { options } = await readConfiguration({ ...flags, config }, env);
  return readOptions(options);
}

describe('the configuration of a command', () => {
  it('takes secrets of the environment into accounts and webhooks that a file describes', async () => {
    const settings = await read(
      {
        upstreams: [
          { provider: 'cal', pages: ['https://cal.com/acme'], budget: 60, key: 'of the file' },
          { provider: 'calendly', pages: ['https://calendly.com/acme'], token: 'of the file' },
        ],
        webhooks: { calendly: 'secret of the file' },
        alerts: { url: 'https://hooks.example/of-the-file', queueDepth: 7 },
      },
      {
        CAL_API_KEY: 'cal_live_env',
        CALENDLY_TOKEN: 'token-env\n',
        CAL_WEBHOOK_SECRET: 'new-secret,old-secret',
        BOOKING_ALERTS: 'https://hooks.example/of-the-environment',
      },
    );
    const [cal, calendly] = settings.upstreams;
    assert.deepEqual(
      [cal?.provider === 'cal' && cal.key, cal?.budget, cal?.pages],
      ['cal_live_env', 60, ['https://cal.com/acme']],
    );
    assert.equal(calendly?.provider === 'calendly' && calendly.token, 'token-env');
    assert.deepEqual(settings.webhooks, {
      cal: ['new-secret', 'old-secret'],
      calendly: ['secret of the file'],
    });
    assert.deepEqual(
      [settings.alerts?.url, settings.alerts?.queueDepth],
      ['https://hooks.example/of-the-environment', 7],
    );
  });

  it('makes accounts of secrets alone, and none of a secret whose service the file does not name', async () => {
    assert.deepEqual(
      (await read({}, { CALENDLY_TOKEN: 'x' })).upstreams.map(({ provider }) => provider),
      ['cal', 'calendly'],
    );
    assert.deepEqual(
      (await read({ upstreams: [{ provider: 'cal' }] }, { CALENDLY_TOKEN: 'x' })).upstreams.map(
        ({ provider }) => provider,
      ),
      ['cal'],
    );
  });

  it('asks which account is meant when a secret could belong to several, unless the file says so', async () => {
    const two = (key?: string) => ({
      upstreams: [
        { provider: 'cal', pages: ['https://cal.com/a'], ...(key !== undefined && { key }) },
        { provider: 'cal', pages: ['https://meet.example'], api: 'https://api.meet.example' },
      ],
    });
    await assert.rejects(read(two(), { CAL_API_KEY: 'k' }), /`CAL_API_KEY`: there are 2 accounts of cal/);
    const settings = await read(two('${CAL_API_KEY}'), { CAL_API_KEY: 'k' });
    assert.deepEqual(
      settings.upstreams.map((one) => one.provider === 'cal' && one.key),
      ['k', undefined],
    );
  });

  it('fills in variables that a file names, and names the one that is missing', async () => {
    const settings = await read({ origins: ['https://${HOST_NAME}'] }, { HOST_NAME: 'shop.example' });
    assert.deepEqual(settings.origins, ['https://shop.example']);
    await assert.rejects(
      read({ webhooks: { cal: ['${NOWHERE}'] } }),
      (cause) => cause instanceof BadOptions && /`webhooks.cal\[0\]`: .* NOWHERE/.test(cause.message),
    );
  });

  it('reads secrets from files, without the line end that editors leave there', async () => {
    const settings = await read(
      { upstreams: [{ provider: 'cal', key: '${CAL_API_KEY}' }] },
      {
        CAL_API_KEY_FILE: fileWith('cal_live_file\n'),
        BOOKING_TOKEN_FILE: fileWith('a-token-of-a-file\r\n'),
        CAL_WEBHOOK_SECRET_FILE: fileWith('secret-of-a-file\n'),
      },
    );
    assert.equal(settings.upstreams[0]?.provider === 'cal' && settings.upstreams[0].key, 'cal_live_file');
    assert.equal(settings.token, 'a-token-of-a-file');
    assert.deepEqual(settings.webhooks.cal, ['secret-of-a-file']);
    await assert.rejects(read({}, { BOOKING_TOKEN_FILE: '/nowhere' }), /`BOOKING_TOKEN_FILE`: \/nowhere/);
  });

  it('knows a variable for every option, and lets flags win over it', async () => {
    const settings = await read(
      {},
      {
        BOOKING_SYNC_EVERY: '12',
        BOOKING_LIVE_CONNECTIONS: '5',
        BOOKING_EMBED_PAGES: 'https://savvycal.com/a, https://savvycal.com/b',
        BOOKING_WARM_EVERY: '30',
        BOOKING_CLIENT_LIMIT: '77',
        BOOKING_METRICS_DAYS: '9',
        BOOKING_SAMPLE_RATE: '0.25',
        BOOKING_BOOKINGS_DAYS: '90',
        BOOKING_PROXIES: '2',
        BOOKING_UPSTREAMS: '[{"provider":"cal","pages":["https://cal.com/acme"]}]',
      },
      { proxies: '3' },
    );
    assert.deepEqual(
      [settings.syncEvery, settings.live.connections, settings.embed.pages, settings.warm?.every],
      [12, 5, ['https://savvycal.com/a', 'https://savvycal.com/b'], 30],
    );
    assert.deepEqual(
      [settings.clientLimit, settings.metricsDays, settings.sampleRate, settings.bookingsDays],
      [77, 9, 0.25, 90],
    );
    assert.deepEqual([settings.proxies, settings.upstreams[0]?.pages], [3, ['https://cal.com/acme']]);
  });

  it('is printed whole, with its defaults and without a secret', () => {
    const text = configText({
      token: 'the-token-of-the-owner',
      database: 'postgres://me:the-password@db.example/companion',
      upstreams: [{ provider: 'cal', key: 'the-key-of-cal' }],
      webhooks: { cal: ['the-secret-of-a-webhook'] },
      alerts: { url: 'https://hooks.example/the-secret-path' },
      otlp: { url: 'https://otel.example/v1/metrics', headers: { authorization: 'the-key-of-a-collector' } },
    });
    assert.doesNotMatch(text, /the-(token|password|key|secret)/);
    const printed = JSON.parse(text) as Record<string, unknown>;
    assert.equal(printed['database'], 'postgres://db.example/companion');
    assert.equal(printed['clientLimit'], 600);
    assert.equal(printed['token'], '(hidden)');
  });

  it('reads yes and no in every usual way, and nothing else', () => {
    for (const yes of ['1', 'true', 'YES', 'on']) assert.equal(booleanOf('json', yes), true);
    for (const no of ['0', 'false', 'No', 'off', '']) assert.equal(booleanOf('json', no), false);
    assert.throws(() => booleanOf('json', 'perhaps'), /`json`: must be true or false, not "perhaps"/);
  });
});

describe('the owner’s token', () => {
  it('is made once, and made again where a full disk has left an empty file', async () => {
    const data = join(folder, 'data');
    const [one, two] = await Promise.all([ownerToken(data), ownerToken(data)]);
    assert.equal(one, two);
    assert.ok(one.length >= 32);
    writeFileSync(join(data, 'token'), '');
    const again = await ownerToken(data);
    assert.ok(again.length >= 32);
    assert.notEqual(again, one);
    assert.equal(await ownerToken(data), again);
  });

  it('is not replaced where its file is there and cannot be read', async () => {
    const data = join(folder, 'unreadable');
    // A folder, because the administrator can read every file.
    mkdirSync(join(data, 'token'), { recursive: true });
    await assert.rejects(ownerToken(data), /`data`: .*token cannot be read: EISDIR/);
    assert.deepEqual(readdirSync(data), ['token']);
  });
});
