import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, it } from 'node:test';
import { serve, type Served } from '../../src/server/node.js';
import type { CompanionOptions } from '../../src/server/index.js';
import type { WebhookOverview } from '../../src/server/webhooks/overview.js';
import { runCli } from './cli-run.js';
import { CAL_SECRET, CALENDLY_SECRET, SECRETS } from './deliveries.js';
import { onEachEngine, type Place } from './places.js';

const token = 'a-token-for-this-test';
const served: Served[] = [];
after(async () => {
  for (const each of served) await each.stop();
});

async function start(place: Place, options: CompanionOptions): Promise<Served> {
  const one = await serve(await place.companion({ token, ...options }), { port: 0, grace: 100 });
  served.push(one);
  return one;
}

/** A store as a command line names it. */
const storeOf = ({ where }: Place): string[] =>
  Object.entries(where).map(([name, value]) => `--${name}=${value}`);

/** `webhooks test` with the secrets of this test, on the store of a place. */
function webhooksTest(place: Place, url: string): Promise<{ code: number | null; said: string }> {
  return runCli(['webhooks', 'test', ...storeOf(place), '--url', url], {
    CAL_WEBHOOK_SECRET: CAL_SECRET,
    CALENDLY_WEBHOOK_SECRET: CALENDLY_SECRET,
  }).ended;
}

onEachEngine('`webhooks test`', (open) => {
  it('follows a signed delivery of each provider until it is a booking, and leaves nothing behind', async () => {
    const place = await open();
    const { origin } = await start(place, { webhooks: SECRETS });
    const { code, said } = await webhooksTest(place, `${origin}/`);
    assert.equal(code, 0, said);
    for (const provider of ['cal', 'calendly']) {
      assert.match(
        said,
        new RegExp(`^${provider}: signed, sent to ${origin}/v1/webhooks/${provider} and stored`, 'm'),
      );
      assert.match(
        said,
        new RegExp(`^${provider}: done after [\\d.]+ s: the booking is there, and removed`, 'm'),
      );
    }
    assert.doesNotMatch(said, /of-this-test/, 'no secret is printed');
    const store = await place.store();
    const bookings = await store
      .tables<{ booking: { id: string } }>()
      .selectFrom('booking')
      .select('id')
      .execute();
    assert.deepEqual(bookings, []);
    const response = await fetch(`${origin}/v1/webhooks`, { headers: { authorization: `Bearer ${token}` } });
    const { webhooks } = (await response.json()) as { webhooks: WebhookOverview[] };
    for (const { lastTest, lastReceived, lastGood, triggers } of webhooks) {
      assert.notEqual(lastTest, null);
      assert.equal(lastReceived, lastTest);
      // A test does not say that the provider delivers.
      assert.deepEqual([lastGood, triggers], [null, {}]);
    }
  });

  it('says what to do where the companion has another secret or none', async () => {
    const place = await open();
    const { origin } = await start(place, { webhooks: { cal: 'another-secret-than-that' } });
    const { code, said } = await webhooksTest(place, origin);
    assert.equal(code, 1);
    assert.match(said, /cal: the answer is 401 bad-signature\. The companion runs with another secret/);
    assert.match(
      said,
      /calendly: the answer is 403 no-webhook-secret\. The companion runs without this secret/,
    );
  });

  it('says what to do where the companion has another store', async () => {
    const { origin } = await start(await open(), { webhooks: SECRETS });
    const { code, said } = await webhooksTest(await open(), origin);
    assert.equal(code, 1);
    assert.match(
      said,
      /cal: the companion has stored it elsewhere\. Give this command the same `data` or `database`/,
    );
  });

  it('says what to do where something else answers, or nothing', async () => {
    const place = await open();
    const other = createServer((_, response) => response.writeHead(404).end('<html>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const wrong = await webhooksTest(place, url);
    await new Promise((resolve) => other.close(resolve));
    const none = await webhooksTest(place, url);
    assert.deepEqual([wrong.code, none.code], [1, 1]);
    assert.match(wrong.said, /cal: the answer is 404\. Something else than the companion/);
    assert.match(none.said, /cal: nothing answers at .*\. Start the companion/);
  });

  it('needs a secret', async () => {
    const { code, said } = await runCli(['webhooks', 'test', ...storeOf(await open())]).ended;
    assert.equal(code, 2);
    assert.match(said, /`webhooks`: no secret to sign with/);
  });
});
