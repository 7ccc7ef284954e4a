import type { SlotsStrings } from '../strings.js';

const strings: SlotsStrings = {
  chooseSlot: 'Choose a time',
  allSlots: 'Open full calendar',
  slotPassed: 'The suggested time has passed.',
  slotTooFar: "That far ahead, times can't be booked yet.",
  updated: 'Updated {time}',
  noSlots: 'No times available in the next few weeks.',
  noSlotsThen: 'No times available on these days.',
  nextFree: 'Next available: {time}',
  loadingSlots: 'Loading times…',
  slotsFailed: "Couldn't load times.",
  month: 'Month',
  timeZone: 'Time zone',
  closestTo: 'Closest to {time}',
  alternatives: {
    preferred: 'suggested time',
    'same-day': 'same day',
    'next-working-day': 'next working day',
    'same-time-next-week': 'same time next week',
    'next-free': 'next available',
  },
};

export default strings;
