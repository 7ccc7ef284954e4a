import { pagePreset } from './page-preset.js';

/** Microsoft Bookings, shared pages and "book with me". Some organisations let only their own people see the page. */
export const microsoft = pagePreset({
  id: 'microsoft',
  name: 'Microsoft Bookings',
  can: { framing: 'conditional' },
  height: 900,
  pasted: /^ismsaljsauthenabled(=|$)/,
});
