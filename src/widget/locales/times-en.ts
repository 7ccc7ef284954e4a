import type { TimesStrings } from './strings.js';

/** English comes with the native times themselves: nothing more has to be fetched for them. */
const strings: TimesStrings = {
  chooseTime: 'Choose a time',
  allTimes: 'See all times',
  asOf: 'As of {time}',
  noTimes: 'No free times in the next weeks.',
  noTimesThen: 'No free times on these days.',
  nextFree: 'Next free time: {time}',
  looking: 'Looking for free times…',
  notHad: 'Times are not available now.',
  earlier: 'Earlier',
  later: 'Later',
  month: 'Month',
  timeZone: 'Time zone',
  closeTo: 'Close to {time}',
  past: 'That time has passed.',
  far: 'Nothing is known that far ahead yet.',
  reason: {
    preferred: 'as asked for',
    'same-day': 'same day',
    'next-working-day': 'next working day',
    'same-time-next-week': 'same time next week',
    'next-free': 'next free time',
  },
};

export default strings;
