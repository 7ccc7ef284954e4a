import type { PickerStrings } from '../strings.js';

const strings: PickerStrings = {
  previousWeek: 'Previous week',
  nextWeek: 'Next week',
  today: 'Today',
  slotsOn: { one: '{count} time', other: '{count} times' },
  zoneNow: '{zone}, now {time}',
  searchTimeZone: 'Search by city or time zone',
  noTimeZone: 'No matching time zone.',
  timeFormat: 'Time format',
  hour12: '12h',
  hour24: '24h',
  chooseDuration: 'Duration',
  duration: '{minutes} min',
};

export default strings;
