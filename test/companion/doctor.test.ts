import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { optionFindings } from '../../src/server/commands/doctor/option-findings.js';
import { openContext } from '../../src/server/open-context.js';
import { keepFailed } from '../../src/server/queue/jobs.js';
import { runCli } from './cli-run.js';
import { calBody, SECRETS, signedByCal } from './deliveries.js';
import { fakeUpstream, json, type FakeUpstream, type Talk } from './fake-upstream.js';
import { onEachEngine, type Place } from './places.js';

const KEY = 'cal_live_canary_of_the_key';
const upstreams: FakeUpstream[] = [];
after(async () => {
  for (const each of upstreams) await each.close();
});

async function service(talk: Talk): Promise<FakeUpstream> {
  const upstream = await fakeUpstream(talk);
  upstreams.push(upstream);
  return upstream;
}

interface Examined {
  readonly code: number | null;
  readonly said: string;
}

/** What `doctor` prints of a store with these accounts. */
function examine(
  { where }: Place,
  accounts: readonly object[],
  env: Readonly<Record<string, string>> = {},
): Promise<Examined> {
  const words = Object.entries(where).map(([name, value]) => `--${name}=${value}`);
  return runCli(['doctor', ...words], { BOOKING_UPSTREAMS: JSON.stringify(accounts), ...env }).ended;
}

/** The line that is printed, and what to do about it. */
function finding(said: string, pattern: RegExp): readonly [line: string, fix: string] {
  const lines = said.split('\n');
  const i = lines.findIndex((line) => pattern.test(line));
  assert.notEqual(i, -1, `${pattern} is printed:\n${said}`);
  return [lines[i] ?? '', lines[i + 1] ?? ''];
}

onEachEngine('`doctor`', (open) => {
  it('finds nothing to correct where all is well, and asks each service once with its key', async () => {
    const place = await open();
    const companion = await place.companion({ webhooks: SECRETS });
    assert.equal(
      (await companion.fetch(signedByCal(calBody('BOOKING_CREATED', 'a', Date.now())))).status,
      202,
    );
    await companion.close();
    const upstream = await service(() => json({ status: 'success', data: {} }));
    const account = { provider: 'cal', key: KEY, pages: ['https://cal.com/acme'], api: upstream.origin };
    const { code, said } = await examine(place, [account], {
      BOOKING_TOKEN: 'a-token-for-this-test',
      BOOKING_ALERTS: 'https://hooks.example/x',
      BOOKING_ALERTS_PUBLIC_URL: 'https://companion.example',
      CAL_WEBHOOK_SECRET: SECRETS.cal,
    });
    assert.equal(code, 0, said);
    assert.doesNotMatch(said, /^(warning|problem)|→/m);
    for (const sentence of [
      /^ok +The store .* can be written/,
      /^ok +The configuration can be used/,
      /^ok +cal-\w+: http:\S+ can be reached/,
      /^ok +The clock agrees with that of/,
      /^ok +cal-\w+: the service accepts the key/,
      /^ok +cal-\w+: \d of 120 calls used/,
      /^ok +cal: the latest delivery was understood at 2/,
    ])
      finding(said, sentence);
    assert.deepEqual(
      upstream.arrived.map(({ path, headers }) => [path, headers['authorization']]),
      [
        ['/', undefined],
        ['/v2/me', `Bearer ${KEY}`],
      ],
    );
    assert.doesNotMatch(said, /canary/);
  });

  it('says of a key that is refused, of a clock that is wrong and of an API that is gone what to do', async () => {
    const place = await open();
    const date = new Date(Date.now() - 605_000).toUTCString();
    const refusing = await service(() => json({}, { status: 401, headers: { date } }));
    const gone = await fakeUpstream(() => json({}));
    await gone.close();
    const pages = ['https://cal.com/acme'];
    const { code, said } = await examine(place, [
      { provider: 'cal', key: KEY, pages, api: refusing.origin },
      { provider: 'calendly', token: 'canary-token', api: gone.origin },
    ]);
    assert.equal(code, 1);
    assert.match(said, /4 problems/);
    assert.match(
      finding(said, /^problem .*the service refuses the key \(401\)/)[1],
      /→ Create a new one .*`key`/,
    );
    assert.match(finding(said, /^problem +The clock is 6\d\d s ahead of/)[1], /→ .*NTP/);
    assert.match(finding(said, /^problem +calendly-\w+: .* cannot be reached/)[1], /→ .*firewall/);
    assert.match(
      finding(said, /^problem +cal-\w+: the service has refused the key, 1 times/)[1],
      /→ .*revoked/,
    );
    assert.doesNotMatch(said, /canary/);
  });

  it('says of secrets that are missing, short or another than the provider’s what to do', async () => {
    const place = await open();
    const companion = await place.companion({ webhooks: { cal: 'short-secret' } });
    const wrong = signedByCal(calBody('BOOKING_CREATED', 'a', Date.now()), 'another-secret-than-ours');
    assert.equal((await companion.fetch(wrong)).status, 401);
    await companion.close();
    const upstream = await service(() => json({}));
    const { code, said } = await examine(
      place,
      [
        { provider: 'cal', api: upstream.origin },
        { provider: 'calendly', token: 'canary-token', api: upstream.origin },
      ],
      { CAL_WEBHOOK_SECRET: 'short-secret', BOOKING_ALERTS: 'https://hooks.example/x' },
    );
    assert.equal(code, 0, said);
    assert.match(finding(said, /^warning +cal: a secret .* fewer than 16 characters/)[1], /→ Replace it/);
    assert.match(
      finding(said, /^warning +cal: the latest delivery was refused at 2.*fits none of the secrets/)[1],
      /→ Set the same secret at the provider and here/,
    );
    assert.match(finding(said, /^warning +calendly: there is no secret/)[1], /→ Set CALENDLY_WEBHOOK_SECRET/);
    assert.match(finding(said, /^warning +`alerts.publicUrl`/)[1], /→ Set BOOKING_ALERTS_PUBLIC_URL/);
    assert.match(finding(said, /^warning +`pages` is not set/)[1], /→ List/);
    assert.doesNotMatch(said, /short-secret|another-secret|canary/);
  });

  it('says that any site can book where bookings are taken by API and no origins are listed', async () => {
    const place = await open();
    const upstream = await service(() => json({}));
    const account = { provider: 'calendly' as const, token: 'canary-token', api: upstream.origin };
    const warns = async (nativeBooking: string[] | boolean, origins?: string[]): Promise<boolean> => {
      const context = await openContext({
        ...place.where,
        log: 'silent',
        upstreams: [{ ...account, nativeBooking }],
        ...(origins && { origins }),
      });
      await context.close();
      return optionFindings(context).some(({ text }) => /any site can send bookings/.test(text));
    };
    const { said } = await examine(place, [{ ...account, nativeBooking: true }]);
    assert.match(finding(said, /^warning +`origins` is `\*` or not set/)[1], /→ List the origins/);
    assert.equal(await warns(['https://calendly.com/acme'], ['*']), true);
    assert.equal(await warns(true, ['https://www.example.com']), false);
    assert.equal(await warns(false), false, 'without bookings it does not matter');
  });

  it('says of deliveries that never came and of jobs that were given up what to do', async () => {
    const place = await open();
    await (await place.companion()).close(); // makes the tables
    await keepFailed(await place.store(), { kind: 'webhook', key: 'x', data: null }, 'no use');
    const upstream = await service(() => json({}));
    const { said } = await examine(place, [{ provider: 'cal', api: upstream.origin }], {
      CAL_WEBHOOK_SECRET: SECRETS.cal,
    });
    assert.match(
      finding(said, /^warning +cal: no delivery has arrived yet/)[1],
      /→ .*\/v1\/webhooks\/cal, then run `webhooks test`/,
    );
    assert.match(finding(said, /^warning +1 jobs were given up/)[1], /→ GET \/v1\/queue/);
  });

  it('names an option that cannot be used before anything else', async () => {
    const place = await open();
    const { code, said } = await examine(place, [{ provider: 'cal', budget: 0 }]);
    assert.equal(code, 2);
    assert.match(said, /`upstreams\[0\]\.budget`/);
  });
});
