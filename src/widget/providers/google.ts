import { pagePreset } from './page-preset.js';

/** Which of the owner's accounts was looked at when the address was copied; visitors have others. */
const ACCOUNT = /^\/calendar\/u\/\d+\//;

/** Google's appointment schedules: the long address and a parameter, without which they refuse to be framed. */
export const google = pagePreset({
  id: 'google',
  name: 'Google appointment schedules',
  height: 700,
  embed: [['gv', 'true']],
  address: ({ origin, pathname }) => origin + pathname.replace(ACCOUNT, '/calendar/').replace(/\/+$/, ''),
});
