import { cards } from '../../../src/widget/providers/cards.js';
import { google } from '../../../src/widget/providers/google.js';
import { microsoft } from '../../../src/widget/providers/microsoft.js';
import { presets } from '../../../src/widget/providers/presets.js';
import { providerContract } from '../../contracts/provider-contract.js';
import { PERSONAL, type ProviderFixtures } from '../../contracts/provider-fixtures.js';
import { firstName, lastName, noWord, person, slots } from './other-fixtures.js';

/** Services that say nothing: what differs is their words and addresses. */
const silent = (
  fixtures: Pick<ProviderFixtures, 'named' | 'page' | 'aliases' | 'others'> & Partial<ProviderFixtures>,
): ProviderFixtures => ({
  slots,
  embedParams: /^embed/,
  prefill: { given: { ...PERSONAL }, found: { name: [], email: [] } },
  messages: [noWord, { says: 'a height', data: { height: 700 }, means: null }],
  answers: [],
  ...fixtures,
});

const GOOGLE = 'https://calendar.google.com/calendar/appointments/schedules/AcZssZ1abcDEF';

providerContract(
  google,
  silent({
    named: ['google', 'Google Calendar', 'google-appointment-schedules'],
    page: GOOGLE,
    aliases: [
      `${GOOGLE}?gv=true`,
      `${GOOGLE}/`,
      GOOGLE.replace('/appointments', '/u/0/appointments'),
      GOOGLE.replace('/appointments', '/u/12/appointments'),
    ],
    others: [`${GOOGLE}x`, GOOGLE.toLowerCase().replace('acz', 'AcZ')],
    embedParams: /^gv$/,
  }),
);

providerContract(
  microsoft,
  silent({
    named: ['microsoft', 'Microsoft Bookings', 'ms-bookings', 'Outlook', 'bookwithme'],
    page: 'https://outlook.office365.com/owa/calendar/Acme@example.org/bookings/',
    aliases: ['https://outlook.office365.com/owa/calendar/Acme@example.org/bookings/?ismsaljsauthenabled'],
    others: [
      'https://outlook.office.com/book/Acme@example.org/',
      'https://outlook.office.com/book/Acme@example.org/s/AbC',
      'https://outlook.office.com/bookwithme/user/abc@example.org?anonymous&ep=plink',
    ],
    embedParams: /^ismsaljsauthenabled$/,
  }),
);

for (const [provider, fixtures] of [
  [
    presets.savvycal,
    {
      named: ['savvycal', 'SavvyCal'],
      page: 'https://savvycal.com/ada/chat',
      aliases: [],
      others: ['https://savvycal.com/ada'],
    },
  ],
  [
    presets.koalendar,
    {
      named: ['koalendar'],
      page: 'https://koalendar.com/e/intro',
      aliases: ['https://koalendar.com/e/intro?embed=true'],
      others: ['https://koalendar.com/u/intro'],
    },
  ],
  [
    presets.zoho,
    {
      named: ['zoho', 'Zoho Bookings'],
      page: 'https://acme.zohobookings.com/',
      aliases: ['https://acme.zohobookings.com/portal-embed'],
      others: ['https://acme.zohobookings.eu/', 'https://acme.zohobookings.com/#/acme/intro'],
    },
  ],
  [
    presets.setmore,
    {
      named: ['setmore'],
      page: 'https://booking.setmore.com/scheduleappointment/0b2c7a1e-77aa-4a0e-9c7e-0a0a0a0a0a0a',
      aliases: [],
      others: ['https://acme.setmore.com/'],
    },
  ],
  [
    presets.simplybook,
    {
      named: ['simplybook', 'SimplyBook.me'],
      page: 'https://acme.simplybook.it/',
      aliases: ['https://acme.simplybook.it/v2/'],
      others: ['https://acme.simplybook.me/', 'https://acme.simplybook.it/v2/#book/service/1'],
    },
  ],
  [
    presets.zoom,
    {
      named: ['zoom', 'Zoom Scheduler'],
      page: 'https://scheduler.zoom.us/ada/intro',
      aliases: [],
      others: [],
    },
  ],
  [
    presets.appointlet,
    { named: ['appointlet'], page: 'https://appt.link/meet-with-ada', aliases: [], others: [] },
  ],
  [
    presets.chilipiper,
    {
      named: ['chilipiper', 'Chili Piper'],
      page: 'https://acme.chilipiper.com/book/me/ada',
      aliases: [],
      others: [],
    },
  ],
  [presets.doodle, { named: ['doodle'], page: 'https://doodle.com/bp/ada/intro', aliases: [], others: [] }],
  [
    presets.easyappointmentsframed,
    {
      named: ['easyappointments-framed', 'Easy!Appointments, framed'],
      page: 'https://book.example/index.php',
      byName: true,
      aliases: ['https://book.example/index.php?first_name=Ada&last_name=L&email=a@b.c&phone=1'],
      others: ['https://book.example/index.php?provider=1&service=2'],
      prefill: {
        given: person,
        found: {
          first_name: [firstName],
          last_name: [lastName],
          email: [PERSONAL.email],
          phone: ['+39 06 123'],
          name: [],
        },
      },
    },
  ],
  [
    presets.easyappointments,
    {
      named: ['easyappointments', 'Easy!Appointments'],
      page: 'https://book.example/index.php',
      byName: true,
      aliases: ['https://book.example/index.php?first_name=Ada&last_name=L&email=a@b.c&phone=1'],
      others: ['https://book.example/index.php?provider=1&service=2'],
      prefill: {
        given: person,
        found: {
          first_name: [firstName],
          last_name: [lastName],
          email: [PERSONAL.email],
          phone: ['+39 06 123'],
          name: [],
        },
      },
    },
  ],
  [
    cards.rallly,
    { named: ['rallly', 'rallly.co'], page: 'https://app.rallly.co/invite/AbC', aliases: [], others: [] },
  ],
  [
    cards.googleshort,
    { named: ['calendar.app.google'], page: 'https://calendar.app.google/AbCdEf', aliases: [], others: [] },
  ],
  [
    cards.notion,
    {
      named: ['notion', 'Notion Calendar'],
      page: 'https://calendar.notion.so/meet/ada/intro',
      aliases: [],
      others: [],
    },
  ],
  [
    cards.motion,
    {
      named: ['motion', 'usemotion.com'],
      page: 'https://app.usemotion.com/meet/ada/intro',
      aliases: [],
      others: [],
    },
  ],
] as const)
  providerContract(provider, silent(fixtures));
