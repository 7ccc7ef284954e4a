/*
 * The widget's own code, as it is built beside this page: it recognises links, knows what providers can do, and says what a
 * booking looks like.
 */
const module = (path) => import(new URL(`../dist/esm/widget/${path}.js`, import.meta.url).href);

const [{ findProvider }, { recognize }, { commonProviderOf }, { recognizeOther }] = await Promise.all(
  ['find-provider', 'recognize', 'common-hosts', 'recognize-others'].map((name) =>
    module(`providers/${name}`),
  ),
);

/** For `mistakeIn`: whose host it is, and whether it is a scheduling page there. */
export const recognition = {
  isProviderHost: (host) => commonProviderOf(host) !== undefined,
  recognizes: (page) => recognize(page) !== null,
};

/** The provider of a page; one that nobody knows is a plain frame. */
export async function providerOf(page) {
  const common = findProvider(page, '');
  const rare = common.id === 'plain' || common.id === null ? recognizeOther(page) : null;
  return (rare ? findProvider(page, rare) : common).load();
}

/** An event as the widget dispatches it after a new booking. */
export async function bookedEvent(id) {
  const { BookingBookedEvent } = await module('events');
  return new BookingBookedEvent({ id, change: 'created' });
}
