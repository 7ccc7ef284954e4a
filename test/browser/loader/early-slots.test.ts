import { expect } from '@open-wc/testing';
import { VERSION } from '../../../src/version.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';
import { brings, chunk, FAR, SCRIPT } from '../../helpers/loader-page.js';
import { service } from '../../helpers/service.js';
import { waitUntil } from '../../helpers/wait-until.js';
import { newHost, requests, slotRequests, turn } from '../../helpers/widget.js';

afterEach(closePages);

/** A page whose element never comes: what is requested was requested without it. */
const WITHOUT_ELEMENT = { faults: [{ file: 'element', how: 'hang' }] } as const;

const widget = (host: string, more = '', query = ''): string =>
  `<booking-widget src="${service.cal}/${host}/30min${query}" provider="cal" api="${service.cal}" style="display:block;min-height:200px" ${more}></booking-widget>`;

const box = (host: string): string =>
  `<div data-booking-src="${service.cal}/${host}/30min" data-booking-provider="cal" data-booking-api="${service.cal}" style="--booking-height:100px">Book</div>`;

const companionRequests = async (host: string): Promise<number> =>
  (await requests(host)).filter(({ path }) => path === '/v1/availability').length;

const slotsOn = (page: LoaderPage): number =>
  page.document.querySelector('booking-widget')?.shadowRoot?.querySelectorAll('[part~="slot"]').length ?? 0;

describe('slots on a first visit', () => {
  it('are requested while the element is on its way', async () => {
    const host = newHost();
    await openPage(SCRIPT + widget(host), WITHOUT_ELEMENT);
    await waitUntil(async () => (await slotRequests(host)) === 1);
  });

  it('are requested once, and the widget shows them', async () => {
    const host = newHost();
    // A calendar that is ready takes the slots' place.
    await turn(host, { 'page-slots-delay': 60_000 });
    const page = await openPage(SCRIPT + widget(host, 'time-zone="Pacific/Auckland"'));
    await waitUntil(() => slotsOn(page) > 0);
    expect(await slotRequests(host)).to.equal(1);
  });

  it('are requested for a box as well', async () => {
    const host = newHost();
    await openPage(SCRIPT + box(host), WITHOUT_ELEMENT);
    await waitUntil(async () => (await slotRequests(host)) === 1);
  });

  it('are requested though the calendar waits for an interaction, for the slots do not', async () => {
    const host = newHost();
    await openPage(SCRIPT + widget(host, 'loading="interaction"'), WITHOUT_ELEMENT);
    await waitUntil(async () => (await slotRequests(host)) === 1);
  });

  for (const [provider, query] of [
    ['cal', '?duration=30&embed_type=Inline'],
    ['calendly', '?month='],
  ] as const) {
    const withCompanion = (host: string): string =>
      widget(host, `companion="${service.calendly}"`, query).replace('"cal"', `"${provider}"`);

    it(`are requested from the companion, where there is one (${provider})`, async () => {
      const host = newHost();
      await openPage(SCRIPT + withCompanion(host), WITHOUT_ELEMENT);
      await waitUntil(async () => (await companionRequests(host)) === 1);
      expect(await slotRequests(host)).to.equal(0);
    });

    it(`are requested from the companion once, and the widget shows them (${provider})`, async () => {
      const host = newHost();
      await turn(host, { 'page-slots-delay': 60_000 });
      const page = await openPage(SCRIPT + withCompanion(host));
      await waitUntil(() => slotsOn(page) > 0);
      expect([await companionRequests(host), await slotRequests(host)]).to.deep.equal([1, 0]);
    });
  }

  it('are requested for the first two widgets only, so that many leave the budget alone', async () => {
    const hosts = [newHost(), newHost(), newHost()] as const;
    const narrow = hosts.map((host) => widget(host).replace('200px', '20px'));
    const page = await openPage(SCRIPT + narrow.join(''), WITHOUT_ELEMENT);
    await waitUntil(async () => (await slotRequests(hosts[1])) === 1);
    // A page that is opened later has its slots requested: those of the third widget would have been by then.
    const later = newHost();
    await openPage(SCRIPT + widget(later), WITHOUT_ELEMENT);
    await waitUntil(async () => (await slotRequests(later)) === 1);
    expect(page.document.querySelectorAll('booking-widget')).to.have.length(3);
    expect(await slotRequests(hosts[2])).to.equal(0);
  });

  const waiting: readonly (readonly [name: string, html: (host: string) => string])[] = [
    ['a widget that waits for consent', (host) => widget(host, 'consent="required"')],
    ['a widget whose consent is misspelt', (host) => widget(host, 'consent="require"')],
    ['a widget whose consent is a data attribute', (host) => widget(host, 'data-booking-consent="required"')],
    [
      'a box that has consent asked for around it',
      (host) => `<div class="booking-widget" data-booking-consent="required">${box(host)}</div>`,
    ],
    ['a widget without slots', (host) => widget(host, 'availability="off"')],
    ['a preferred start', (host) => widget(host, 'preferred="2099-01-01T09:00:00Z"')],
    ['a popup', (host) => widget(host, 'mode="popup"')],
    ['an address that opens at a day', (host) => widget(host, '', '?date=2099-01-01')],
    ['another provider', (host) => widget(host, 'provider="calendly"').replace('provider="cal"', '')],
    ['a widget that is not shown', (host) => `<div hidden>${widget(host)}</div>`],
    ['a widget far below', (host) => `<div style="position:absolute;top:9000px">${widget(host)}</div>`],
  ];
  for (const [name, html] of waiting)
    it(`are not requested early for ${name}`, async () => {
      const [host, other] = [newHost(), newHost()];
      // The other widget comes later in the document, and its request with it.
      await openPage(SCRIPT + html(host) + widget(other), WITHOUT_ELEMENT);
      await waitUntil(async () => (await slotRequests(other)) === 1);
      expect(await slotRequests(host)).to.equal(0);
    });

  it('are not requested early for a widget whose consent a script has set as a property', async () => {
    const [host, other] = [newHost(), newHost()];
    const byScript = `<script>document.querySelector('booking-widget').consent = 'required'</script>`;
    await openPage(widget(host) + byScript + SCRIPT + widget(other), WITHOUT_ELEMENT);
    await waitUntil(async () => (await slotRequests(other)) === 1);
    expect(await slotRequests(host)).to.equal(0);
  });

  it('are not requested early on a return visit, which knows slots', async () => {
    const [host, other] = [newHost(), newHost()];
    const page = await openPage(SCRIPT + widget(host), { ...WITHOUT_ELEMENT, visitedWith: VERSION });
    await brings(page, chunk('early'));
    await openPage(SCRIPT + widget(other), WITHOUT_ELEMENT);
    await waitUntil(async () => (await slotRequests(other)) === 1);
    expect(await slotRequests(host)).to.equal(0);
  });

  it('leave a page alone that broke dates', async () => {
    const host = newHost();
    const page = await openPage(
      `<script>
        onerror = () => void (document.title = 'thrown');
        Intl.DateTimeFormat = class { constructor() { throw new Error('broken'); } };
        globalThis.Temporal = { get Now() { throw new Error('broken'); } };
      </script>${SCRIPT}${widget(host)}`,
      WITHOUT_ELEMENT,
    );
    await brings(page, chunk('early'));
    const other = newHost();
    await openPage(SCRIPT + widget(other), WITHOUT_ELEMENT);
    await waitUntil(async () => (await slotRequests(other)) === 1);
    expect(page.document.title).to.equal('');
    expect(await slotRequests(host)).to.equal(0);
  });

  it('are requested as soon as a widget comes near, while the element is still on its way', async () => {
    const host = newHost();
    const page = await openPage(`${SCRIPT}${FAR}${widget(host)}`, WITHOUT_ELEMENT);
    page.one('booking-widget').scrollIntoView();
    await waitUntil(async () => (await slotRequests(host)) === 1);
  });
});
