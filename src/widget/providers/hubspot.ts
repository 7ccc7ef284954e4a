import { fieldsOf, instantOf, pixelsOf, type Foreign } from './foreign-values.js';
import { pagePreset } from './page-preset.js';
import type { FrameSignal } from './provider.js';

const MIN_HEIGHT = 300;

/** An instant as HubSpot writes it: milliseconds since 1970, or in ISO 8601. */
function timeOf(value: unknown): string {
  const date = new Date(typeof value === 'number' ? value : NaN);
  return date.getTime() > 0 ? date.toISOString() : instantOf(value);
}

/** Its word for "booked" is widely relied on and documented nowhere; it names no booking, so page and time have to do. */
function booked(payload: unknown, page: URL): FrameSignal {
  const { bookingResponse } = fieldsOf<'bookingResponse'>(payload);
  const { postResponse, event } = fieldsOf<'postResponse' | 'event'>(bookingResponse);
  const { timerange } = fieldsOf<'timerange'>(postResponse);
  const range: Foreign<'start' | 'end'> = fieldsOf(timerange);
  const start = timeOf(range.start) || timeOf(fieldsOf<'dateTime'>(event).dateTime);
  const end = timeOf(range.end);
  const id = `${page.pathname.slice(0, 200)} ${start}`.trim();
  return {
    type: 'booked',
    booking: { id, change: 'created', ...(start && { start }), ...(end && { end }) },
  };
}

/** HubSpot Meetings, in every region; on a domain of the owner's own by `provider="hubspot"`. */
export const hubspot = pagePreset({
  id: 'hubspot',
  name: 'HubSpot Meetings',
  can: { ready: 'message', height: 'message', booked: 'undocumented', availability: 'companion' },
  height: { min: MIN_HEIGHT, max: 3000 },
  embed: [['embed', 'true']],
  pasted: /^parent(HubspotUtk|PageUrl)=/,
  // Sites in production use either spelling, and HubSpot documents none: contacts have the one, its API the other.
  answers: {
    firstName: ['firstname', 'firstName'],
    lastName: ['lastname', 'lastName'],
    email: 'email',
    phone: 'phone',
  },

  read(message, { page }) {
    // The page's first message is the question what it may track.
    if (message === 'readyForConsentListener') return { type: 'ready' };
    const { height, meetingBookSucceeded, meetingsPayload } = fieldsOf<
      'height' | 'meetingBookSucceeded' | 'meetingsPayload'
    >(message);
    if (meetingBookSucceeded === true) return booked(meetingsPayload, page);
    const pixels = typeof height === 'number' ? pixelsOf(height) : 0;
    return pixels >= MIN_HEIGHT ? { type: 'resize', height: pixels, ready: true } : null;
  },

  // Embedding a calendar is no consent to analytics for the visitors of the host page.
  respond: (event) => (event === 'ready' ? [{ type: 'privacy-consent', shouldTrackAnalytics: false }] : []),
});
