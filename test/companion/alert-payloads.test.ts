import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertOptions, type AlertSettings } from '../../src/server/alerts/alert-options.js';
import type { Notice } from '../../src/server/alerts/episodes.js';
import { postNotice } from '../../src/server/alerts/send-notices.js';
import { openReceiver } from './receiver.js';

const FIRING: Notice = {
  v: 1,
  state: 'firing',
  alert: 'rate-limited',
  subject: 'cal-1',
  level: 'warning',
  since: '2026-03-02T08:00:00.000Z',
  at: '2026-03-02T08:00:00.000Z',
  value: 7,
  threshold: 5,
  text: 'cal-1 was refused <7> times & more.',
};
const RESOLVED: Notice = { ...FIRING, state: 'resolved', text: 'Over after 3 min: rate-limited of cal-1.' };

/** What a receiver gets, with the headers. */
async function received(
  notice: Notice,
  options: Readonly<Record<string, unknown>>,
): Promise<{ body: Readonly<Record<string, unknown>>; headers: Readonly<Record<string, unknown>> }> {
  const receiver = await openReceiver();
  try {
    const settings: AlertSettings | undefined = alertOptions.parse({ url: receiver.origin, ...options });
    assert.ok(settings);
    await postNotice(settings, 'id-1', notice);
    const [one] = receiver.received;
    assert.ok(one);
    return { body: JSON.parse(one.body) as Readonly<Record<string, unknown>>, headers: one.headers };
  } finally {
    await receiver.close();
  }
}

const publicUrl = 'https://companion.example/below/';
const LINK = 'https://companion.example/below/dashboard#companion';

describe('a notice', () => {
  it('has all fields, what to do and a link to the panel for programs', async () => {
    const { body, headers } = await received(FIRING, { publicUrl });
    assert.deepEqual(body, { id: 'id-1', ...FIRING, action: body['action'], link: LINK });
    assert.match(String(body['action']), /^Lower `budget` [^]*\.$/);
    assert.equal(headers['idempotency-key'], 'id-1');
  });

  it('has no link where the address of the companion is not configured, and nothing to do once it is over', async () => {
    const { body } = await received(RESOLVED, {});
    assert.deepEqual(body, { id: 'id-1', ...RESOLVED });
  });

  it('of failed loads links to the panel with the failures', async () => {
    const { body } = await received({ ...FIRING, alert: 'error-rate' }, { publicUrl });
    assert.equal(body['link'], 'https://companion.example/below/dashboard#failures');
  });

  it('is one text for chat systems, in which nothing is read as markup', async () => {
    const { body } = await received(FIRING, { publicUrl, format: 'slack' });
    assert.deepEqual(Object.keys(body), ['text']);
    const [what, action, link] = String(body['text']).split('\n');
    assert.equal(what, '*Warning:* cal-1 was refused &lt;7&gt; times &amp; more.');
    assert.match(action ?? '', /^Lower `budget`/);
    assert.equal(link, `<${LINK}|Dashboard>`);
    const over = await received(RESOLVED, { format: 'slack' });
    assert.equal(over.body['text'], '*Resolved:* Over after 3 min: rate-limited of cal-1.');
  });

  it('is a message for mail gateways, with the headers that these ask for', async () => {
    const mail = { format: 'email', from: 'alerts@acme.example', to: ['ops@acme.example'] };
    const { body, headers } = await received(FIRING, {
      ...mail,
      publicUrl,
      headers: { authorization: 'Bearer of-the-gateway' },
    });
    assert.deepEqual(
      { ...body, text: '' },
      {
        from: 'alerts@acme.example',
        to: ['ops@acme.example'],
        subject: '[booking-widget] Warning: rate-limited (cal-1)',
        text: '',
      },
    );
    const [what, action, link, since] = String(body['text']).split('\n\n');
    assert.equal(what, FIRING.text);
    assert.match(action ?? '', /^Lower `budget`/);
    assert.equal(link, LINK);
    assert.equal(since, 'Since 2026-03-02T08:00:00.000Z.');
    assert.equal(headers['authorization'], 'Bearer of-the-gateway');
  });

  it('for a mail gateway needs a sender and recipients', () => {
    const { success } = alertOptions.safeParse({ url: 'https://mail.example', format: 'email' });
    assert.equal(success, false);
  });
});
