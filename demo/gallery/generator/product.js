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

/** Milliseconds that a service has to say what it knows of an event type. */
const PATIENCE = 5000;

/**
 * The event type of a page, as its service tells anybody who asks; null where it tells nothing, or nothing came. Sends one
 * request to the service.
 */
export async function eventTypeOf(provider, page) {
  if (!provider.eventDetails) return null;
  try {
    const [{ eventDetails }, { slotsUrlOf }, { sendWithin }] = await Promise.all([
      provider.eventDetails(),
      module('slots-url'),
      module('booking/send-booking'),
    ]);
    const slots = slotsUrlOf({ provider, page, api: '', timeZone: 'UTC' });
    const request = slots && eventDetails.request(slots);
    const reply = request ? await sendWithin(request, PATIENCE) : null;
    return reply && eventDetails.read(reply);
  } catch {
    return null;
  }
}

/** An event as the widget dispatches it after a new booking. */
export async function bookedEvent(id) {
  const { BookingBookedEvent } = await module('events');
  return new BookingBookedEvent({ id, change: 'created' });
}
