import { expect } from '@open-wc/testing';
import { findProvider } from '../../../src/widget/providers/find-provider.js';
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
  ],
  calendly: [
    'https://calendly.com/acme/30min',
    'https://www.calendly.com/acme',
    'http://CALENDLY.com/d/abc-def/30min?ref=x',
    'https://calendly.com./acme',
    'https://calendly.com/acme/30min/2026-11-24T09:00:00Z',
  ],
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

describe('recognising whose page an address is', () => {
  for (const [id, addresses] of Object.entries(PAGES))
    for (const address of addresses)
      it(`takes ${address} for ${id}`, () => {
        expect(recognize(new URL(address))).to.equal(id);
        expect(findProvider(new URL(address), '').id).to.equal(id);
      });

  for (const address of NOBODYS)
    it(`takes ${address} for nobody’s`, () => {
      const url = urlOf(address);
      if (url) expect(recognize(url)).to.equal(null);
    });

  it('frames the pages of nobody we know as they are', async () => {
    const found = findProvider(new URL('https://evil.org/acme'), '');
    expect(found.id).to.equal('plain');
    expect((await found.load()).capabilities.ready).to.equal('load');
  });

  it('believes the option before the address, and the address before junk', () => {
    const page = new URL('https://cal.com/acme');
    expect(findProvider(page, 'calendly').id).to.equal('calendly');
    expect(findProvider(page, 'iframe').id).to.equal('plain');
    for (const junk of ['', ' ', 'calendar', 'constructor', '__proto__', 'toString', 'com', '…'])
      expect(findProvider(page, junk).id, junk).to.equal('cal');
  });

  it('loads the same provider again and again', async () => {
    const { load } = findProvider(new URL('https://cal.com/acme'), '');
    expect(await load()).to.equal(await load());
  });
});
