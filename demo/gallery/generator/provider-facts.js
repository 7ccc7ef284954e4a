// @ts-check
/*
 * What a provider can do, in words. The provider is found, and described, by the widget's own code: this module gets it, so
 * that the page has the built modules and a test the sources.
 */

/** @typedef {import('../../../src/widget/providers/provider.js').Provider} Provider */
/** @typedef {import('../../../src/widget/providers/provider.js').FrameContext} FrameContext */

/** @typedef {{ readonly works: 'yes' | 'partly' | 'no', readonly text: string }} Fact */

/**
 * @param {Provider} provider
 * @returns {readonly Fact[]}
 */
export function factsOf({ name, capabilities, nativeBooking }) {
  const { framing, availability, height, booked, deepLink, prefill } = capabilities;
  /** @type {(works: Fact['works'], text: string) => Fact} */
  const fact = (works, text) => ({ works, text });
  if (framing === 'no')
    return [
      fact('partly', `${name} lets no website show its pages: visitors get a card with a link.`),
      fact(availability === 'companion' ? 'partly' : 'no', 'Slots on your page need a companion server.'),
    ].slice(0, availability === 'none' ? 1 : 2);
  return [
    framing === 'yes'
      ? fact('yes', 'The calendar shows in your page.')
      : fact('partly', 'The calendar shows in your page if its settings allow it.'),
    availability === 'browser'
      ? fact('yes', 'Bookable times show at once.')
      : availability === 'companion'
        ? fact('partly', 'Bookable times at once need a companion server.')
        : fact('no', 'Bookable times show only in the calendar.'),
    !nativeBooking
      ? fact('no', 'Visitors book on the provider’s page, in a frame.')
      : availability === 'browser'
        ? fact('yes', 'Visitors book in the widget’s own form.')
        : fact('partly', 'Booking in the widget’s own form needs a companion server.'),
    height === 'message'
      ? fact('yes', 'The height follows the calendar.')
      : fact('partly', 'The height is fixed: set one that fits.'),
    booked === 'none'
      ? fact('no', 'Bookings are not announced, so conversions cannot be counted.')
      : fact('yes', 'Every booking can be counted as a conversion.'),
    deepLink === 'none'
      ? fact('no', 'The calendar opens at its first page, not at a slot.')
      : fact('yes', 'The calendar opens at the chosen slot.'),
    prefill === 'none'
      ? fact('no', 'Name and e-mail cannot be filled in ahead.')
      : fact('yes', 'Name and e-mail can be filled in ahead.'),
  ];
}

/** @param {URL} page @returns {FrameContext} */
const contextOf = (page) => ({
  page,
  host: 'your.site',
  namespace: 'generator',
  modal: false,
  stage: '',
  slot: null,
  timeZone: 'UTC',
  theme: '',
  colorScheme: '',
  accent: '',
  layout: '',
  hideDetails: false,
  prefill: {},
  params: [],
});

/**
 * The origins that a page with this provider contacts: what is framed, and where slots come from (empty for nowhere).
 *
 * @param {Provider} provider
 * @param {URL} page
 */
export function originsOf(provider, page) {
  const query = {
    page,
    api: '',
    start: '2026-01-05T00:00:00Z',
    end: '2026-01-06T00:00:00Z',
    timeZone: 'UTC',
  };
  const request = provider.slots?.request(query);
  return {
    frame: provider.capabilities.framing === 'no' ? '' : provider.frameUrl(contextOf(page)).origin,
    slots: request ? new URL(request.url).origin : '',
  };
}
