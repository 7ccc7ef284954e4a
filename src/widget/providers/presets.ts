import { pagePreset } from './page-preset.js';
import type { Provider } from './provider.js';

/** What the pages of Easy!Appointments (1.5 and later) read of their address. */
const EASY_ANSWERS = { firstName: 'first_name', lastName: 'last_name', email: 'email', phone: 'phone' };

/** Services that let themselves be framed and say nothing: an address to frame, and a height. */
export const presets = {
  savvycal: pagePreset({ id: 'savvycal', name: 'SavvyCal', height: 700 }),
  koalendar: pagePreset({ id: 'koalendar', name: 'Koalendar', height: 800, embed: [['embed', 'true']] }),
  zoho: pagePreset({
    id: 'zoho',
    name: 'Zoho Bookings',
    height: 750,
    // Which service is meant stands behind the `#`.
    address: ({ origin, pathname, hash }) => origin + pathname.replace(/\/portal-embed\/*$/, '/') + hash,
    framed: ({ origin, pathname, hash }) => origin + pathname.replace(/^\/+$/, '/portal-embed') + hash,
  }),
  setmore: pagePreset({ id: 'setmore', name: 'Setmore', height: 750 }),
  simplybook: pagePreset({
    id: 'simplybook',
    name: 'SimplyBook.me',
    can: { framing: 'conditional' },
    height: 800,
    address: ({ origin, pathname, hash }) => origin + pathname.replace(/^\/v2\/*$/, '/') + hash,
    framed: ({ origin, pathname, hash }) => origin + pathname.replace(/^\/+$/, '/v2/') + hash,
  }),
  zoom: pagePreset({ id: 'zoom', name: 'Zoom Scheduler', height: 750 }),
  appointlet: pagePreset({
    id: 'appointlet',
    name: 'Appointlet',
    can: { framing: 'conditional' },
    height: 700,
  }),
  chilipiper: pagePreset({ id: 'chilipiper', name: 'Chili Piper', height: 700 }),
  doodle: pagePreset({ id: 'doodle', name: 'Doodle', can: { framing: 'conditional' }, height: 800 }),
  /** As it comes, it forbids other sites to frame it: a link. */
  easyappointments: pagePreset({
    id: 'easyappointments',
    name: 'Easy!Appointments',
    can: { framing: 'no', availability: 'companion' },
    height: 0,
    answers: EASY_ANSWERS,
  }),
  /** Only where its owner has said so. */
  easyappointmentsframed: pagePreset({
    id: 'easyappointmentsframed',
    name: 'Easy!Appointments, where its headers allow framing',
    can: { framing: 'conditional', availability: 'companion' },
    height: 800,
    answers: EASY_ANSWERS,
  }),
} satisfies Readonly<Record<string, Provider>>;
