import { expect } from '@open-wc/testing';
import { findProvider } from '../../../src/widget/providers/find-provider.js';
import { isFramed, recognizeOther } from '../../../src/widget/providers/recognize-others.js';
import { recognize } from '../../../src/widget/providers/recognize.js';

const PAGES: Record<string, readonly string[]> = {
  cal: [
    'https://cal.com/acme',
    'https://cal.com/acme/30min',
    'http://cal.com/acme/30min',
    'https://CAL.COM/acme',
    'https://cal.com:443/acme',
    'https://cal.com./acme',
    'https://www.cal.com/acme',
    'https://app.cal.com/acme/30min/embed?embed=',
    'https://acme.cal.com/ada/30min',
    'https://my-org.cal.com/team/sales/demo',
    'https://xn--brse-5qa.cal.com/ada',
    'https://cal.eu/acme',
    'https://app.cal.eu/acme',
    'https://acme.cal.eu/ada',
    'https://cal.com/d/kq9Gx/30min',
    'https://cal.com/router?form=1',
    'https://cal.com/apple/30min',
    'https://cal.com/help-desk/30min',
    'https://cal.com/%E0%A4%A/30min?x=%',
    'https://cal.com/acme/30min/?utm_source=x&gclid=y#calendar',
    'https://cal.com//acme//30min//',
  ],
  calendly: [
    'https://calendly.com/acme/30min',
    'https://www.calendly.com/acme',
    'http://CALENDLY.com/d/abc-def/30min?ref=x',
    'https://calendly.com./acme',
    'https://calendly.com/acme/30min/2026-11-24T09:00:00Z',
    'https://calendly.com/acme/30min/?month=2026-11&utm_campaign=a%20b',
    'https://calendly.com/acme#top',
    'https://calendly.com/%C3%A5sa/30min',
  ],
};

/** Schedulers whose table is a part of its own. */
const OTHERS: Record<string, readonly string[]> = {
  hubspot: [
    'https://meetings.hubspot.com/ada',
    'https://meetings.hubspot.com/ada/intro/',
    'https://MEETINGS.HubSpot.com/Ada?uuid=7&utm_source=x',
    'https://meetings-eu1.hubspot.com/ada/intro',
    'https://meetings-na2.hubspot.com/ada',
    'https://meetings-ap1.hubspot.com/ada#top',
    'https://app.hubspot.com/meetings/ada/intro',
    'https://app-eu1.hubspot.com/meetings/ada',
    'https://meetings.hubspot.com./ada/intro',
  ],
  acuity: [
    'https://app.acuityscheduling.com/schedule.php?owner=123',
    'https://acuityscheduling.com/schedule.php?owner=123&appointmentType=4',
    'https://app.acuityscheduling.com/schedule/0a1b2c3d',
    'https://app.acuityscheduling.com/catalog.php?owner=1',
    'https://acme.acuityscheduling.com/',
    'https://app.squarespacescheduling.com/schedule.php?owner=123',
    'https://acme.squarespacescheduling.com/schedule.php',
    'https://acme.as.me',
    'https://Acme-Studio.as.me/?fbclid=1',
    'https://acme.as.me/intro',
    'https://xn--brse-5qa.as.me/',
    'https://ACME.AS.ME/schedule/0a1b/appointment/7/calendar/8',
  ],
  oncehub: [
    'https://go.oncehub.com/acme',
    'https://oncehub.com/acme',
    'https://www.oncehub.com/ada/intro',
    'https://go.scheduleonce.com/acme',
    'https://secure.scheduleonce.com/acme',
    'https://go.oncehub.com/acme/?email=a%40b.c#when',
  ],
  google: [
    'https://calendar.google.com/calendar/appointments/schedules/AcZssZ1abc_DEF-9',
    'https://calendar.google.com/calendar/u/0/appointments/schedules/AcZssZ1abcDEF',
    'https://calendar.google.com/calendar/u/11/appointments/schedules/AcZssZ1abcDEF?gv=true',
    'https://calendar.google.com/calendar/appointments/AcZssZ1abcDEF/',
  ],
  microsoft: [
    'https://outlook.office365.com/owa/calendar/Acme@example.org/bookings/',
    'https://outlook.office365.com/owa/calendar/Acme@example.org/bookings',
    'https://outlook.office365.com/owa/calendar/Acme%40example.org/bookings/s/AbC-d2',
    'https://outlook.office.com/owa/calendar/Acme@example.org/bookings/',
    'https://outlook.office.com/book/Acme@example.org/',
    'https://outlook.office365.com/book/Acme@example.org/?ismsaljsauthenabled',
    'https://outlook.office.com/bookwithme/user/0a1b@example.org/meetingtype/x?anonymous&ep=mlink',
    'https://book.ms/b/Acme@example.org',
  ],
  tidycal: [
    'https://tidycal.com/ada',
    'https://www.tidycal.com/ada/30-minute-meeting',
    'https://tidycal.com/team/sales/intro?utm_campaign=x',
    'https://tidycal.com//ada/',
    'https://TidyCal.com/Ada/Intro#book',
  ],
  zcal: [
    'https://zcal.co/ada',
    'https://zcal.co/i/AbC_12/',
    'https://www.zcal.co/ada/30min',
    'https://zcal.co/t/team/intro?ref=x',
  ],
  youcanbookme: [
    'https://acme.youcanbook.me',
    'https://acme.youcanbook.me/?noframe=true',
    'https://xn--brse-5qa.youcanbook.me/',
    'https://acme.ycb.me',
    'https://acme-1.ycb.me/intro',
  ],
  leadconnector: [
    'https://api.leadconnectorhq.com/widget/booking/AbC123',
    'https://api.leadconnectorhq.com/widget/bookings/acme/intro',
    'https://api.leadconnectorhq.com/widget/group/AbC',
    'https://link.msgsndr.com/widget/booking/AbC',
  ],
  savvycal: [
    'https://savvycal.com/ada/chat',
    'https://savvycal.com/ada',
    'https://www.savvycal.com/acme/d9b2',
  ],
  koalendar: [
    'https://koalendar.com/e/meet-with-ada',
    'https://koalendar.com/u/ada',
    'https://koalendar.com/events/x',
    'https://koalendar.com/e/meet-with-ada/?embed=true',
  ],
  zoho: [
    'https://acme.zohobookings.com/',
    'https://acme.zohobookings.com/#/acme/intro',
    'https://acme.zohobookings.eu/portal-embed#/4000000000001',
    'https://acme.zohobookings.com.au/',
    'https://acme.zohobookings.in',
    'https://acme.zohobookings.jp/portal-embed?lang=ja#/customer/1',
  ],
  setmore: [
    'https://booking.setmore.com/scheduleappointment/0b2c7a1e-77aa',
    'https://my.setmore.com/bookingpage/0b2c7a1e-77aa/services',
    'https://acme.setmore.com',
    'https://acme.setmore.com/ada',
  ],
  simplybook: [
    'https://acme.simplybook.me',
    'https://acme.simplybook.it/v2/#book',
    'https://acme.simplybook.asia/v2/',
  ],
  zoom: ['https://scheduler.zoom.us/ada', 'https://scheduler.zoom.us/ada/intro?utm_source=x'],
  appointlet: [
    'https://appt.link/meet-with-ada',
    'https://acme.appointlet.com/',
    'https://acme.appointlet.com/b/ada',
  ],
  chilipiper: [
    'https://acme.chilipiper.com/book/me/ada',
    'https://acme.na.chilipiper.com/book/round-robin',
    'https://acme.chilipiper.com/round-robin/demo',
    'https://acme.chilipiper.io/book/me/ada',
  ],
  doodle: [
    'https://doodle.com/bp/ada/intro',
    'https://doodle.com/meeting/participate/id/a',
    'https://doodle.com/de/bp/ada',
  ],
  rallly: ['https://app.rallly.co/invite/AbC', 'https://rallly.co/invite/AbC'],
  googleshort: ['https://calendar.app.google/AbCdEfGh'],
  notion: ['https://calendar.notion.so/meet/ada/intro'],
  motion: ['https://app.usemotion.com/meet/ada/intro', 'https://usemotion.com/meet/ada'],
};

const NOBODYS = [
  'https://cal.com',
  'https://cal.com/?ref=acme',
  'https://cal.com/pricing',
  'https://cal.com/docs/developing',
  'https://cal.com/blog/a-post',
  'https://app.cal.com/auth/login',
  'https://app.cal.com/signup',
  'https://api.cal.com/v2/slots',
  'https://docs.cal.com/acme',
  'https://developer.cal.com/api',
  'https://go.cal.com/slack',
  'https://cal.com.evil.org/acme',
  'https://notcal.com/acme',
  'https://not-cal.com/acme',
  'https://cal.community/acme',
  'https://cal.com.au/acme',
  'https://a.b.cal.com/acme',
  'https://cal.com@evil.org/acme',
  'https://evil.org/cal.com/acme',
  'https://evil.org/?x=cal.com/acme',
  'https://evil.org/#cal.com/acme',
  'https://evil.org\\@cal.com.evil.org/acme',
  'https://саl.com/acme',
  'https://cal.com%2eevil.org/acme',
  'https://cal.com../acme',
  'ftp://cal.com/acme',
  'javascript://cal.com/acme',
  'mailto:ada@cal.com',
  'data:text/html,cal.com/acme',
  'blob:https://cal.com/acme',
  'https://calendly.com/',
  'https://calendly.com/login',
  'https://calendly.com/app/scheduled_events',
  'https://api.calendly.com/event_types',
  'https://help.calendly.com/hc',
  'https://calendly.com.evil.org/acme',
  'https://mycalendly.com/acme',
  'https://calendly.co/acme',
  'https://www.hubspot.com/products/sales/schedule-meeting',
  'https://app.hubspot.com/contacts/1',
  'https://meetings.hubspot.com/',
  'https://meetings.hubspot.com.evil.org/ada',
  'https://meetings.hubspot.net/ada',
  'https://evilmeetings.hubspot.community/ada',
  'https://acuityscheduling.com/',
  'https://www.acuityscheduling.com/learn',
  'https://help.acuityscheduling.com/hc',
  'https://acuityscheduling.com.evil.org/schedule.php',
  'https://as.me/acme',
  'https://acme.has.me/',
  'https://acme.as.me.evil.org/',
  'https://a.b.as.me/',
  'https://www.as.me/',
  'https://oncehub.com/pricing',
  'https://oncehub.com/',
  'https://help.oncehub.com/acme',
  'https://notoncehub.com/acme',
  'https://calendar.google.com/calendar/u/0/r',
  'https://calendar.google.com/calendar/embed?src=a',
  'https://calendar.google.com/calendar/appointments/schedules/',
  'https://calendar.google.com.evil.org/calendar/appointments/schedules/AcZssZ1abcDEF',
  'https://google.com/calendar/appointments/schedules/AcZssZ1abcDEF',
  'https://outlook.office.com/mail/',
  'https://outlook.office365.com/owa/calendar/a@b.c/calendar.html',
  'https://outlook.office.com/book/',
  'https://outlook.live.com/book/acme',
  'https://book.ms/',
  'https://tidycal.com/',
  'https://tidycal.com/pricing',
  'https://tidycal.co/ada',
  'https://tidycal.com.evil.org/ada',
  'https://zcal.co/login',
  'https://zcal.com/ada',
  'https://youcanbook.me/',
  'https://www.youcanbook.me/',
  'https://app.youcanbook.me/',
  'https://acme.youcanbook.us/',
  'https://api.leadconnectorhq.com/widget/form/AbC',
  'https://api.leadconnectorhq.com/',
  'https://savvycal.com/login',
  'https://savvycal.com',
  'https://savvycal.community/ada',
  'https://koalendar.com/',
  'https://koalendar.com/en/features',
  'https://zohobookings.com/',
  'https://www.zohobookings.com/',
  'https://acme.zohobookings.evil/',
  'https://www.setmore.com/pricing',
  'https://booking.setmore.com/',
  'https://my.setmore.com/login',
  'https://simplybook.me/en',
  'https://secure.simplybook.me/',
  'https://zoom.us/j/123',
  'https://scheduler.zoom.us/',
  'https://scheduler.zoom.us.evil.org/ada',
  'https://appt.link/',
  'https://app.appointlet.com/login',
  'https://acme.chilipiper.com/login',
  'https://www.chilipiper.com/product',
  'https://doodle.com/en/',
  'https://doodle.com/poll/abc',
  'https://rallly.co/blog',
  'https://calendar.app.google/',
  'https://calendar.notion.so/',
  'https://notion.so/meet/ada',
  'https://usemotion.com/pricing',
  'https://tidycal.com@evil.org/ada',
  'https://evil.org/tidycal.com/ada',
  'https://evil.org/?x=https://tidycal.com/ada',
  'https://tіdycal.com/ada',
  'ftp://tidycal.com/ada',
  'https://localhost/acme',
  'https://192.0.2.1/acme',
  'https://[2001:db8::1]/acme',
];

const urlOf = (address: string): URL | null => {
  try {
    return new URL(address);
  } catch {
    return null;
  }
};

describe('recognising the provider of an address', () => {
  for (const [id, addresses] of Object.entries(PAGES))
    for (const address of addresses)
      it(`takes ${address} for ${id}`, () => {
        expect(recognize(new URL(address))).to.equal(id);
        expect(findProvider(new URL(address), '').id).to.equal(id);
        expect(recognizeOther(new URL(address)), 'in the other table').to.equal(null);
      });

  for (const [id, addresses] of Object.entries(OTHERS))
    for (const address of addresses)
      it(`takes ${address} for ${id}`, async () => {
        expect(recognizeOther(new URL(address))).to.equal(id);
        expect(recognize(new URL(address)), 'in the first table').to.equal(null);
        expect((await findProvider(new URL(address), '').load()).id).to.equal(id);
      });

  for (const address of NOBODYS)
    it(`finds no provider for ${address}`, () => {
      const url = urlOf(address);
      if (url) expect([recognize(url), recognizeOther(url)]).to.deep.equal([null, null]);
    });

  it('frames pages of unknown services as they are', async () => {
    const found = findProvider(new URL('https://evil.org/acme'), '');
    expect(await found.load()).to.have.property('id', 'plain');
    expect((await found.load()).capabilities.ready).to.equal('load');
  });

  it('prefers the option to the address, and the address to an invalid option', async () => {
    const page = new URL('https://cal.com/acme');
    expect(findProvider(page, 'calendly').id).to.equal('calendly');
    expect(findProvider(page, 'iframe').id).to.equal('plain');
    for (const junk of ['', ' ', 'calendar', 'constructor', '__proto__', 'toString', 'com', '…'])
      expect((await findProvider(page, junk).load()).id, junk).to.equal('cal');
    expect((await findProvider(page, 'TidyCal').load()).id).to.equal('tidycal');
    const meetings = new URL('https://meet.example.org/meetings/ada');
    expect((await findProvider(meetings, 'HubSpot').load()).id).to.equal('hubspot');
    expect((await findProvider(new URL('https://tidycal.com/ada'), 'cal.com').load()).id).to.equal('cal');
    expect((await findProvider(new URL('https://tidycal.com/ada'), 'junk').load()).id).to.equal('tidycal');
  });

  it('opens no link in a dialog whose page forbids framing', () => {
    const opens = (address: string): boolean => isFramed(new URL(address));
    expect(opens('https://tidycal.com/ada')).to.equal(true);
    for (const address of [
      'https://app.rallly.co/invite/A',
      'https://calendar.app.google/A',
      'https://evil.org/a',
    ])
      expect(opens(address), address).to.equal(false);
  });

  it('loads the same provider again and again', async () => {
    const { load } = findProvider(new URL('https://cal.com/acme'), '');
    expect(await load()).to.equal(await load());
  });
});
