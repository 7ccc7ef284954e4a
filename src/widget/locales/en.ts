import type { Strings } from './strings.js';

const strings: Strings = {
  book: 'Book a time',
  otherTimes: 'Other times',
  taken: 'That time was just taken.',
  loading: 'Loading the calendar…',
  slow: 'This is taking longer than usual.',
  openTab: 'Open in a new tab',
  nothingHere: 'Does booking not work here?',
  retry: 'Try again',
  retrying: 'We will try again.',
  close: 'Close',
  linked: 'This booking page opens in a tab of its own.',
  show: 'Show the calendar',
  consent: 'The calendar comes from {host}, when you ask for it.',
  failure: {
    'bad-config': 'This calendar is not set up correctly.',
    offline: 'You seem to be offline.',
    'not-found': 'This page does not exist.',
    'provider-error': 'The booking page cannot be reached.',
    timeout: 'The booking page does not answer.',
    'blocked-csp': 'This website does not allow the calendar here.',
    refused: 'The booking page can only be opened on its own.',
    'blocked-coep': 'This website does not allow the calendar here.',
    'rate-limited': 'Too many people are looking.',
  },
};

export default strings;
