import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { FAILURE_CODES } from '../../src/protocol/failure-code.js';
import { acceptsOrigin } from '../../src/widget/providers/accepts-origin.js';
import { acuity } from '../../src/widget/providers/acuity.js';
import { calCom } from '../../src/widget/providers/cal-com/cal-com.js';
import { calendly } from '../../src/widget/providers/calendly.js';
import { cards } from '../../src/widget/providers/cards.js';
import { guessProvider } from '../../src/loader/guess-provider.js';
import { google } from '../../src/widget/providers/google.js';
import { hubspot } from '../../src/widget/providers/hubspot.js';
import { microsoft } from '../../src/widget/providers/microsoft.js';
import { oncehub } from '../../src/widget/providers/oncehub.js';
import { plainFrame } from '../../src/widget/providers/plain-frame.js';
import { presets } from '../../src/widget/providers/presets.js';
import type { FrameContext, FrameSignal, Provider } from '../../src/widget/providers/provider.js';
import { isFramed, recognizeOther } from '../../src/widget/providers/recognize-others.js';
import { recognize } from '../../src/widget/providers/recognize.js';
import { resizer } from '../../src/widget/providers/resizer.js';
import { messages } from './messages.js';
import { runs } from './runs.js';

const PROVIDERS: readonly Provider[] = [
  calCom,
  calendly,
  acuity,
  google,
  hubspot,
  microsoft,
  oncehub,
  plainFrame,
  ...Object.values(resizer),
];

const context: FrameContext = {
  page: new URL('https://book.example/ada/30min'),
  host: 'www.example.org',
  namespace: 'booking-1',
  modal: false,
  stage: '',
  slot: null,
  timeZone: 'Europe/Rome',
  theme: '',
  colorScheme: '',
  accent: '',
  layout: '',
  hideDetails: false,
  prefill: {},
  params: [],
};

/** Throws where a signal is not made of small values of our own. */
function assertSmall(signal: FrameSignal): void {
  const { type } = signal;
  if (type === 'resize') assert.ok(signal.height > 0 && signal.height < Infinity, `${signal.height}`);
  if (type === 'failed') {
    assert.ok(FAILURE_CODES.includes(signal.code));
    assert.ok(signal.detail.length < 500);
  }
  if (type === 'booked') {
    const { id, change, start, end } = signal.booking;
    assert.ok(id.length > 0 && id.length <= 500);
    assert.match(change, /^(created|moved|cancelled)$/);
    for (const instant of [start, end])
      // Not `assert.ok(Date.parse(…))`: 1970 begins with the number 0.
      if (instant !== undefined) assert.ok(!isNaN(Date.parse(instant)) && instant.length <= 40, instant);
  }
}

describe('whatever a window posts', () => {
  for (const provider of PROVIDERS)
    it(`${provider.name} reads it without throwing, into small values, and never differently the second time`, () => {
      fc.assert(
        fc.property(messages, fc.boolean(), (message, modal) => {
          const signal = provider.read(message, { ...context, modal });
          if (!signal) return;
          assertSmall(signal);
          assert.deepEqual(provider.read(message, { ...context, modal }), signal);
          structuredClone(provider.respond(signal.type, context));
        }),
        runs(),
      );
    });

  it('Cal.com takes no message for another widget’s', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const other = { ...context, namespace: 'booking-2' };
        assert.equal(calCom.read(message, other), null);
        assert.equal(calCom.confirms?.(message, other), false);
      }),
      runs(),
    );
  });

  it('Cal.com reads slots from it without throwing, sorted and without doubles', () => {
    const entry = fc.oneof(
      fc.record({ start: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()) }),
      fc.record(
        { time: fc.string(), away: fc.boolean(), seatsRemaining: fc.integer() },
        { requiredKeys: [] },
      ),
      fc.anything({ maxDepth: 1 }),
    );
    const body = fc.oneof(
      fc.anything(),
      fc.record({ data: fc.dictionary(fc.string(), fc.oneof(fc.array(entry), fc.constant(null))) }),
      fc.record({ data: fc.record({ slots: fc.dictionary(fc.string(), fc.array(entry)) }) }),
    );
    fc.assert(
      fc.property(body, fc.integer(), (value, status) => {
        const starts = calCom.slots?.read(value)?.map(({ start }) => Date.parse(start));
        assert.deepEqual(starts, starts && [...new Set(starts)].sort((a, b) => a - b));
        assert.equal(typeof calCom.slots?.isMissing?.(status, value), 'boolean');
      }),
      runs(),
    );
  });
});

const hosts = fc.oneof(
  fc.constantFrom(
    'cal.com',
    'app.cal.com',
    'acme.cal.eu',
    'docs.cal.com',
    'calendly.com',
    'www.calendly.com',
    'cal.com.',
    'meetings.hubspot.com',
    'acme.as.me',
    'calendar.app.google',
    'rallly.co',
  ),
  fc.domain(),
  fc
    .tuple(fc.domain(), fc.constantFrom('cal.com', 'calendly.com'))
    .map(([domain, known]) => `${known}.${domain}`),
  fc.stringMatching(/^[a-z0-9-]{1,12}$/).map((label) => `${label}cal.com`),
);
const addresses = fc
  .record({
    protocol: fc.constantFrom('https', 'http', 'ftp', 'javascript'),
    host: hosts,
    path: fc.oneof(
      fc.webPath(),
      fc.constantFrom(
        '/',
        '/ada',
        '/ada/30min',
        '/pricing',
        '/ada/30min/embed',
        '/%E0%A4%A/%',
        '//ada//30min//',
      ),
    ),
    query: fc.oneof(
      fc.constant(''),
      fc.webQueryParameters(),
      fc.constantFrom('utm_source=a&ref=b', 'duration=60', '%E0%A4%A=%&a=b=c'),
    ),
  })
  .map(({ protocol, host, path, query }) => `${protocol}://${host}${path}${query && `?${query}`}`)
  .filter((address) => URL.canParse(address))
  .map((address) => new URL(address));

/** The registrable domains of the two providers that the loader knows. */
const OWN = /(^|\.)(cal\.com|cal\.eu|calendly\.com)\.?$/;

describe('an address', () => {
  it('is recognised as a common provider’s only on that provider’s domain, and the loader guesses no less', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const id = recognize(address);
        if (!id) return;
        assert.match(address.hostname, OWN);
        assert.match(address.protocol, /^https?:$/);
        const written = new URL(address);
        written.hostname = address.hostname.replace(/\.$/, '');
        assert.equal(guessProvider(written)?.id, id);
      }),
      runs(),
    );
  });

  it('is never both a common provider’s and a rarer one’s, and a card is never framed', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const rarer = recognizeOther(address);
        if (recognize(address)) assert.equal(rarer, null);
        if (rarer && rarer in cards) assert.equal(isFramed(address), false);
      }),
      runs(),
    );
  });

  it('is recognised the same with tracking, another letter case of the host and a fragment', () => {
    fc.assert(
      fc.property(addresses, (address) => {
        const other = new URL(address.href.replace(address.host, address.host.toUpperCase()));
        other.searchParams.append('utm_source', 'mail');
        other.hash = 'top';
        assert.equal(recognize(other), recognize(address));
        assert.equal(recognizeOther(other), recognizeOther(address));
      }),
      runs(),
    );
  });

  it('is accepted from a redirected frame only with the provider’s own domain', () => {
    fc.assert(
      fc.property(fc.constantFrom(calCom, calendly), addresses, (provider, address) => {
        const started = provider.frameUrl({ ...context, page: new URL('https://cal.com/ada') }).origin;
        if (acceptsOrigin(provider, started, address.origin) && address.origin !== started) {
          assert.equal(address.protocol, 'https:');
          assert.match(address.hostname, OWN);
        }
      }),
      runs(),
    );
  });
});

describe('the key of a cache', () => {
  for (const provider of [...PROVIDERS, ...Object.values(presets)])
    it(`of ${provider.name} stays the same when it is applied again, and for every way of tracking`, () => {
      fc.assert(
        fc.property(addresses, (address) => {
          if (!/^https?:$/.test(address.protocol)) return;
          const key = provider.canonical(address);
          assert.equal(provider.canonical(new URL(key)), key);
          const tracked = new URL(address);
          tracked.search += `${tracked.search ? '&' : '?'}utm_source=a&gclid=b&fbclid=c`;
          assert.equal(provider.canonical(tracked), key);
        }),
        runs(500),
      );
    });
});
