import { expect } from '@open-wc/testing';
import { availabilitySchema } from '../../src/protocol/availability-schema.js';
import { acceptsOrigin } from '../../src/widget/providers/accepts-origin.js';
import { findProvider } from '../../src/widget/providers/find-provider.js';
import type { FrameContext, FrameSignal, Provider } from '../../src/widget/providers/provider.js';
import { NASTY_VALUES } from './nasty-values.js';
import { PERSONAL, type ProviderFixtures } from './provider-fixtures.js';
import { expectWellFormed, SIGNAL_FIELDS, spoilt } from './well-formed-signal.js';

const TRACKING = 'utm_source=mail&utm_id=7&ref=ghost.example&gclid=a.b&fbclid=c_d&msclkid=e&mc_eid=f';

/** Characters that mean something in addresses, more than one script, and half a character. */
const AWKWARD = 'Zoë & "Q" #1 +=%25?/\\ 日本 🗓️ <b>\u202e';

/** Every provider passes this suite. A new one is a file, its rows in the two tables, and a row of fixtures. */
export function providerContract(provider: Provider, fixtures: ProviderFixtures): void {
  const { capabilities } = provider;
  const { page, slots, prefill, embedParams } = fixtures;

  const context = (changes: Partial<FrameContext> = {}): FrameContext => ({
    page: new URL(page),
    host: 'www.example.org:8443',
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
    ...changes,
  });

  /** One of every kind of thing that can be decided about a frame. */
  const contexts = (on = page): FrameContext[] =>
    [
      {},
      { modal: true },
      ...slots.map((slot) => ({ slot })),
      { slot: { start: 'soon' } },
      { slot: { start: '', url: 'not an address' } },
      { slot: { ...slots[0], url: 'https://elsewhere.example/booking' } },
      { timeZone: '' },
      { timeZone: 'Not/AZone', slot: slots[0] },
      {
        theme: 'dark',
        colorScheme: 'dark',
        accent: '#c0ffee',
        layout: 'week_view',
        hideDetails: true,
      } as const,
      { accent: '"><script>', layout: '<junk>' },
      { prefill: prefill.given },
      { params: [['utm_source', AWKWARD]] as const },
    ].map((changes) => context({ page: new URL(on), ...changes }));

  const names = (url: URL): string[] => [...url.searchParams.keys()];

  describe(`the provider ${provider.name}`, () => {
    it('is found by its names and, where it has its own host, by its address', async () => {
      for (const found of [
        ...fixtures.named.map((word) => findProvider(new URL('https://self-hosted.example/x'), word)),
        ...(fixtures.byName ? [] : [findProvider(new URL(page), '')]),
      ]) {
        expect(await found.load()).to.equal(provider);
        // What is said before the provider is loaded is true.
        expect(found.slots ?? !!provider.slots).to.equal(!!provider.slots);
      }
    });

    it('declares sensible bounds for heights', () => {
      expect(provider.height.min).to.be.at.most(provider.height.max);
      expect(provider.name).to.match(/\S/);
    });

    describe('as the key of a cache', () => {
      const canonical = (address: string): string => provider.canonical(new URL(address));

      it('gives one page one address, regardless of parameters for tracking, appearance and answers', () => {
        for (const alias of fixtures.aliases) expect(canonical(alias), alias).to.equal(canonical(page));
        expect(canonical(`${page}?${TRACKING}`)).to.equal(canonical(page));
        const [, query = ''] = canonical(`${page}?${TRACKING}`).split('?');
        expect(query).not.to.match(/utm_|ref=|clid/);
      });

      it('distinguishes pages with different slots', () => {
        const keys = [page, ...fixtures.others].map(canonical);
        expect(new Set(keys).size, keys.join('\n')).to.equal(keys.length);
      });

      it('changes nothing when it is applied again', () => {
        for (const address of [
          page,
          ...fixtures.aliases,
          ...fixtures.others,
          `${page}/embed/embed/?%E0%A4%A=%&a=b=c`,
        ])
          expect(canonical(canonical(address)), address).to.equal(canonical(address));
      });
    });

    describe('as a frame', () => {
      it('has one http(s) origin with any options', () => {
        for (const address of [page, ...fixtures.aliases]) {
          const origins = new Set(contexts(address).map((each) => provider.frameUrl(each).origin));
          expect([...origins], address).to.have.length(1);
          expect([...origins][0]).to.match(/^https?:/);
        }
      });

      it('does not grow when its own address is framed again', () => {
        const once = provider.frameUrl(context());
        const twice = provider.frameUrl(context({ page: once }));
        expect(twice.pathname).to.equal(once.pathname);
        expect([...twice.searchParams].sort()).to.deep.equal([...once.searchParams].sort());
      });

      it('is for meetings of the length that the visitor chooses, where the service has several', () => {
        const { lengthIn, withLength } = provider;
        if (!lengthIn || !withLength) return;
        for (const address of [page, ...fixtures.aliases].map((each) => new URL(each))) {
          const usual = withLength(address, null);
          const long = withLength(address, 75);
          expect([lengthIn(usual), lengthIn(long), lengthIn(withLength(long, null))]).to.deep.equal([
            null,
            75,
            null,
          ]);
          expect(provider.canonical(long), 'another length has other slots').not.to.equal(
            provider.canonical(usual),
          );
          expect(provider.frameUrl(context({ page: long })).href).not.to.equal(
            provider.frameUrl(context({ page: usual })).href,
          );
        }
      });

      it('does not change its arguments', () => {
        for (const each of contexts()) {
          const before = JSON.stringify(each);
          provider.frameUrl(each);
          provider.pageUrl(each);
          provider.respond('load', each);
          expect(JSON.stringify(each)).to.equal(before);
        }
      });

      it('keeps the site owner’s own query byte for byte', () => {
        const written = 'x=%E0%A4%A&y=a=b=c&z=1+2%20%2B&metadata[k]=v&bare&%=%25&list=1&list=2';
        const { search } = provider.frameUrl(context({ page: new URL(`${page}?${written}`) }));
        for (const part of written.split('&')) expect(search.slice(1).split('&'), part).to.include(part);
      });

      it('addresses a slot as exactly as it declares', () => {
        const [first, later, nextDay] = slots.map((slot) => provider.frameUrl(context({ slot })).href);
        const { deepLink } = capabilities;
        expect(first === later, 'two times of one day').to.equal(deepLink !== 'slot');
        expect(first === nextDay, 'two days').to.equal(deepLink === 'none');
        expect(first === provider.frameUrl(context()).href, 'no time').to.equal(deepLink === 'none');
      });

      it('passes on the forwarded parameters, also repeated ones and special characters', () => {
        const params = [
          ['utm_source', AWKWARD],
          ['gclid', 'one'],
          ['gclid', 'two'],
        ] as const;
        for (const url of [provider.frameUrl(context({ params })), provider.pageUrl(context({ params }))]) {
          expect(url.searchParams.getAll('utm_source')).to.deep.equal([AWKWARD]);
          expect(url.searchParams.getAll('gclid')).to.deep.equal(['one', 'two']);
        }
      });

      it('prefers the site owner’s address to the host page’s', () => {
        const url = provider.frameUrl(
          context({ page: new URL(`${page}?utm_source=owner`), params: [['utm_source', 'visitor']] }),
        );
        expect(url.searchParams.getAll('utm_source')).to.deep.equal(['owner']);
      });
    });

    describe('as a window', () => {
      const started = (): string => provider.frameUrl(context()).origin;

      it('has the name that its page reads, or none', () => {
        expect(provider.frameName?.(context())).to.equal(fixtures.frameName);
      });

      it('may be redirected to the provider’s own origins', () => {
        for (const origin of [started(), ...(fixtures.origins?.own ?? [])])
          expect(acceptsOrigin(provider, started(), origin), origin).to.equal(true);
      });

      it('may not be redirected to a foreign origin, nor to an insecure or opaque one', () => {
        const insecure = (fixtures.origins?.own ?? []).map((origin) => origin.replace(/^https/, 'http'));
        const { host } = new URL(started());
        for (const origin of [
          ...insecure,
          ...(fixtures.origins?.foreign ?? []),
          `https://${host}.elsewhere.example`,
          `https://elsewhere.example/${host}`,
          'https://elsewhere.example',
          'null',
          '',
        ])
          expect(acceptsOrigin(provider, started(), origin), origin).to.equal(false);
      });

      it('stays at its own origin where the page is self-hosted', () => {
        const self = 'https://book.self-hosted.example';
        expect(acceptsOrigin(provider, self, self)).to.equal(true);
        for (const origin of [started(), ...(fixtures.origins?.own ?? [])])
          expect(acceptsOrigin(provider, self, origin), origin).to.equal(false);
      });
    });

    it('loads the function that holds a slot where a browser can hold one', async () => {
      expect(typeof (await provider.hold?.())?.hold).to.equal(fixtures.holds ? 'function' : 'undefined');
    });

    describe('in a new tab', () => {
      it('opens the same page, slot and answers without parameters that only frames need', () => {
        for (const each of contexts(`${page}?utm_source=owner`)) {
          const url = provider.pageUrl(each);
          expect(url.protocol).to.match(/^https?:$/);
          for (const name of names(url)) expect(name).not.to.match(embedParams);
          expect(names(url)).to.include('utm_source');
        }
      });

      it('drops parameters that only frames need also when the site owner pasted them', () => {
        const framed = provider.frameUrl(context({ modal: true, colorScheme: 'dark' }));
        const url = provider.pageUrl(context({ page: framed }));
        for (const name of names(url)) expect(name).not.to.match(embedParams);
        expect(provider.canonical(url)).to.equal(provider.canonical(new URL(page)));
      });
    });

    describe('with prefilled answers', () => {
      const { given, found } = prefill;

      it('passes them in the declared ways, and in no other', () => {
        const url = provider.frameUrl(context({ prefill: given }));
        const inUrl = capabilities.prefill === 'url' || capabilities.prefill === 'both';
        for (const [name, values] of Object.entries(found))
          expect(url.searchParams.getAll(name), name).to.deep.equal(inUrl ? values : []);

        const posted = JSON.stringify(provider.respond('ready', context({ prefill: given })));
        const byMessage = capabilities.prefill === 'message' || capabilities.prefill === 'both';
        expect(posted.includes(PERSONAL.email)).to.equal(byMessage);
      });

      it('keeps special characters as they are', () => {
        const awkward = Object.fromEntries(Object.keys(given).map((question) => [question, AWKWARD]));
        const url = provider.frameUrl(context({ prefill: awkward }));
        const inUrl = capabilities.prefill === 'url' || capabilities.prefill === 'both';
        for (const [name, values] of Object.entries(found))
          expect(url.searchParams.getAll(name), name).to.deep.equal(inUrl && values.length ? [AWKWARD] : []);
      });

      it('passes numbers, switches and dates as texts', () => {
        const inUrl = capabilities.prefill === 'url' || capabilities.prefill === 'both';
        for (const [answer, text] of [
          [42, '42'],
          [0, '0'],
          [true, 'true'],
          [false, 'false'],
          [new Date('2001-02-03T00:00:00Z'), '2001-02-03'],
          [new Date('2001-02-03T04:05:06Z'), '2001-02-03T04:05:06.000Z'],
        ] as const) {
          const answers = Object.fromEntries(Object.keys(given).map((question) => [question, answer]));
          const url = provider.frameUrl(context({ prefill: answers }));
          for (const [name, values] of Object.entries(found))
            expect(url.searchParams.getAll(name), name).to.deep.equal(inUrl && values.length ? [text] : []);
        }
      });

      it('adds nothing where there is no answer', () => {
        const none = { name: '', email: null, phone: NaN, notes: undefined, guests: [], a1: new Date(NaN) };
        expect(provider.frameUrl(context({ prefill: none })).href).to.equal(
          provider.frameUrl(context()).href,
        );
        expect(provider.respond('ready', context({ prefill: none }))).to.deep.equal(
          provider.respond('ready', context()),
        );
      });
    });

    describe('receiving its page’s messages', () => {
      for (const { says, data, means, modal = false } of fixtures.messages)
        it(`${means ? `takes ${says} for "${means.type}"` : `ignores ${says}`}${modal ? ' in a dialog' : ''}`, () => {
          expect(provider.read(data, context({ modal }))).to.deep.equal(means);
        });

      it('ignores every message that its protocol does not contain, and never throws', () => {
        const own: readonly unknown[] = fixtures.messages.map(({ data }) => data);
        for (const value of NASTY_VALUES)
          if (!own.includes(value)) expect(provider.read(value, context())).to.equal(null);
        for (const { data } of fixtures.messages)
          for (const value of spoilt(data))
            for (const modal of [false, true]) {
              const signal = provider.read(value, context({ modal }));
              if (signal) expectWellFormed(signal);
            }
      });

      it('gives only signals that its capabilities declare', () => {
        const said = fixtures.messages.flatMap(({ data, modal = false }) => {
          const signal = provider.read(data, context({ modal }));
          return signal ? [signal] : [];
        });
        said.forEach(expectWellFormed);
        const saysReady = said.some(
          (signal) => signal.type === 'ready' || (signal.type === 'resize' && signal.ready),
        );
        expect(saysReady, 'ready').to.equal(capabilities.ready === 'message');
        expect(
          said.some(({ type }) => type === 'resize'),
          'height',
        ).to.equal(capabilities.height === 'message');
        expect(
          said.some(({ type }) => type === 'booked'),
          'booked',
        ).to.equal(capabilities.booked !== 'none');
      });
    });

    it('answers its page with messages that can be posted', () => {
      const events = ['load', ...(Object.keys(SIGNAL_FIELDS) as FrameSignal['type'][])] as const;
      for (const event of events)
        for (const each of contexts()) {
          const answers = provider.respond(event, each);
          expect(structuredClone(answers)).to.deep.equal(answers);
        }
    });

    describe('requesting slots', () => {
      const query = (on = page) => ({
        page: new URL(on),
        api: '',
        start: '2026-11-23T23:00:00.000Z',
        end: '2026-11-30T23:00:00.000Z',
        timeZone: 'Europe/Rome',
      });

      it('is possible from a browser exactly if the provider declares it', () => {
        const request = provider.slots?.request(query());
        expect(!!request).to.equal(capabilities.availability === 'browser');
        if (!request) return;
        expect(new URL(request.url).protocol).to.equal('https:');
        expect(Object.keys(request.headers).join().toLowerCase()).not.to.match(/authorization|cookie|key/);
      });

      it('sends the same request regardless of tracking parameters of the page', () => {
        expect(provider.slots?.request(query(`${page}?${TRACKING}&name=Ada&x=%E0%A4%A`))).to.deep.equal(
          provider.slots?.request(query()),
        );
      });

      for (const { says, body, means } of fixtures.answers)
        it(`reads ${says}`, () => {
          expect(provider.slots?.read(body)).to.deep.equal(means);
        });

      it('reads only known fields, into the shape that is stored, and never throws', () => {
        for (const value of NASTY_VALUES) expect(provider.slots?.read(value) ?? null).to.equal(null);
        for (const { body } of fixtures.answers)
          for (const value of [body, ...spoilt(body)]) {
            const read = provider.slots?.read(value);
            if (!read) continue;
            const starts = read.map(({ start }) => Date.parse(start));
            expect(starts).to.deep.equal([...new Set(starts)].sort((a, b) => a - b));
            availabilitySchema.shape.slots.parse(read);
          }
      });
    });

    it('accepts malformed escapes anywhere without throwing', () => {
      const malformed = `${page}/%E0%A4%A/%?%E0%A4%A=%&date=%ZZ&a=b=c&%`;
      expect(() => {
        provider.canonical(new URL(malformed));
        contexts(malformed).forEach((each) => {
          provider.frameUrl(each);
          provider.pageUrl(each);
        });
        provider.slots?.request({
          page: new URL(malformed),
          api: '%',
          start: '',
          end: '2026-11-30T00:00:00Z',
          timeZone: '',
        });
      }).not.to.throw();
    });
  });
}
