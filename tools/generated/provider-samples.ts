/** A link of each provider, as its customers have them; the provider's page in the docs is made with it. */
export const SAMPLE_PAGES: Readonly<Record<string, string>> = {
  acuity: 'https://acme.as.me/',
  appointlet: 'https://appt.link/meet-with-ada',
  cal: 'https://cal.com/acme/30min',
  calendly: 'https://calendly.com/acme/30min',
  chilipiper: 'https://acme.chilipiper.com/book/me/ada',
  doodle: 'https://doodle.com/bp/ada/intro',
  easyappointments: 'https://book.example/index.php',
  easyappointmentsframed: 'https://book.example/index.php',
  google: 'https://calendar.google.com/calendar/appointments/schedules/AcZssZ1',
  googleshort: 'https://calendar.app.google/AbCdEf',
  hubspot: 'https://meetings.hubspot.com/ada/intro',
  koalendar: 'https://koalendar.com/e/intro',
  leadconnector: 'https://api.leadconnectorhq.com/widget/booking/AbC',
  microsoft: 'https://outlook.office365.com/owa/calendar/Acme@example.org/bookings/',
  motion: 'https://app.usemotion.com/meet/ada/intro',
  notion: 'https://calendar.notion.so/meet/ada/intro',
  oncehub: 'https://go.oncehub.com/acme',
  plain: 'https://book.example/team/intro',
  rallly: 'https://app.rallly.co/invite/AbC',
  savvycal: 'https://savvycal.com/ada/chat',
  setmore: 'https://booking.setmore.com/scheduleappointment/0b2c7a1e',
  simplybook: 'https://acme.simplybook.it/',
  tidycal: 'https://tidycal.com/ada/intro',
  youcanbookme: 'https://acme.youcanbook.me/',
  zcal: 'https://zcal.co/i/AbC123',
  zoho: 'https://acme.zohobookings.com/',
  zoom: 'https://scheduler.zoom.us/ada/intro',
};

/** Providers that no address shows, so that the option `provider` has to name them. */
export const NAMED_ONLY: Readonly<Record<string, string>> = {
  easyappointments: 'easyappointments',
  easyappointmentsframed: 'easyappointments-framed',
};

/** What is known of plans; the other providers need nothing but a page that everybody can open. */
export const PLAN_NOTES: Readonly<Record<string, string>> = {
  calendly:
    'The calendar works with every plan; Calendly follows the colours that the widget hands it only with a paid one. On a companion, slots work with the free plan (50 calls a minute, with paid plans 500); webhooks and [bookings by API](../companion.md#bookings-by-api) need a paid plan.',
};
