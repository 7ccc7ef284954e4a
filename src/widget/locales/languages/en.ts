import type { CoreStrings } from '../strings.js';

/** English is part of the element; the texts of the picker and the form come with their chunks. */
const strings: CoreStrings = {
  book: 'Book a time',
  otherSlots: 'Other times',
  slotTaken: 'That time was just taken. Please choose another.',
  loading: 'Loading the calendar…',
  slow: 'This is taking longer than usual.',
  openTab: 'Open in a new tab',
  continueInTab: 'Continue with {time} in a new tab',
  trouble: 'Trouble booking here?',
  retry: 'Try again',
  retrying: 'Trying again…',
  retryingSoon: 'Trying again in a few seconds.',
  close: 'Close',
  linked: 'This calendar opens in a new tab.',
  show: 'Show calendar',
  consent: 'This calendar is provided by {host}. Showing it connects your browser to {host}.',
  failure: {
    'bad-config': "This calendar isn't set up correctly.",
    offline: 'You seem to be offline. Please check your connection.',
    'not-found': "This booking page can't be found.",
    'provider-error': "The booking page can't be reached right now.",
    timeout: "The booking page isn't responding.",
    'blocked-csp': "The calendar can't be shown on this page.",
    refused: 'This calendar can only be opened in a new tab.',
    'blocked-coep': "The calendar can't be shown on this page.",
    'blocked-mixed-content': "The calendar can't be shown on this page.",
    'rate-limited': "We're getting a lot of requests. Please try again in a minute.",
    'internal-error': 'Something went wrong while showing this calendar.',
  },
};

export default strings;
