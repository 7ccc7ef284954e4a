import { expect } from '@open-wc/testing';
import { acuity } from '../../../src/widget/providers/acuity.js';
import { google } from '../../../src/widget/providers/google.js';
import { hubspot } from '../../../src/widget/providers/hubspot.js';
import { microsoft } from '../../../src/widget/providers/microsoft.js';
import { presets } from '../../../src/widget/providers/presets.js';
import type { FrameContext } from '../../../src/widget/providers/provider.js';
import { resizer } from '../../../src/widget/providers/resizer.js';
import { frameContextOf } from '../../helpers/frame-context.js';

const GOOGLE = 'https://calendar.google.com/calendar/appointments/schedules/AcZssZ1abcDEF';

const context = (page: string, changes: Partial<FrameContext> = {}): FrameContext =>
  frameContextOf(page, { namespace: 'booking-7', ...changes });

describe('the address that is framed', () => {
  it('is the service’s own address for frames', () => {
    for (const [provider, page, framed] of [
      [hubspot, 'https://meetings-eu1.hubspot.com/ada', 'https://meetings-eu1.hubspot.com/ada?embed=true'],
      [acuity, 'https://acme.as.me/', 'https://acme.as.me/?ref=embedded_csp'],
      [
        acuity,
        'https://app.acuityscheduling.com/schedule.php?owner=1',
        'https://app.acuityscheduling.com/schedule.php?ref=embedded_csp&owner=1',
      ],
      [google, `${GOOGLE.replace('/appointments', '/u/3/appointments')}?hl=de`, `${GOOGLE}?gv=true&hl=de`],
      [resizer.tidycal, 'https://tidycal.com/ada', 'https://tidycal.com/ada?embed=1'],
      [resizer.zcal, 'https://zcal.co/i/A', 'https://zcal.co/i/A?embed=1&embedType=iframe'],
      [
        resizer.youcanbookme,
        'https://acme.youcanbook.me',
        'https://acme.youcanbook.me/?noframe=true&skipHeaderFooter=true',
      ],
      [presets.koalendar, 'https://koalendar.com/e/a', 'https://koalendar.com/e/a?embed=true'],
      [
        presets.zoho,
        'https://acme.zohobookings.com/#/acme/intro?x=1',
        'https://acme.zohobookings.com/portal-embed#/acme/intro?x=1',
      ],
      [presets.simplybook, 'https://acme.simplybook.me', 'https://acme.simplybook.me/v2/'],
      [
        microsoft,
        'https://outlook.office.com/bookwithme/user/abc@example.org?anonymous&ep=plink',
        'https://outlook.office.com/bookwithme/user/abc@example.org?anonymous&ep=plink',
      ],
    ] as const)
      expect(provider.frameUrl(context(page)).href).to.equal(framed);
  });

  it('splits the name into the fields of the service', () => {
    const names = (name: string): (string | null)[] => {
      const { searchParams } = hubspot.frameUrl(
        context('https://meetings.hubspot.com/a', { prefill: { name } }),
      );
      return [searchParams.get('firstName'), searchParams.get('lastName')];
    };
    expect(names('Ada Lovelace')).to.deep.equal(['Ada', 'Lovelace']);
    expect(names('Ada King Lovelace')).to.deep.equal(['Ada', 'King Lovelace']);
    expect(names('Ada')).to.deep.equal(['Ada', null]);
    expect(names('')).to.deep.equal([null, null]);
  });
});

describe('a chosen slot', () => {
  const start = '2026-11-24T09:00:00.000Z';
  const at = (url: URL, ...names: string[]): (string | null)[] =>
    names.map((name) => url.searchParams.get(name));

  it('is written in the service’s own parameters, with the zone where it takes one', () => {
    const slot = { slot: { start } };
    expect(
      at(resizer.zcal.frameUrl(context('https://zcal.co/i/A', slot)), 'startDate', 'timezone'),
    ).to.deep.equal([start, 'Europe/Rome']);
    expect(at(acuity.frameUrl(context('https://acme.as.me/', slot)), 'datetime')).to.deep.equal([start]);
  });
});

describe('what other pages receive', () => {
  it('is the configuration of iframe-resizer, with the widget’s own id, in sixteen settings', () => {
    const page = context('https://tidycal.com/ada');
    for (const event of ['load', 'hello'] as const) {
      const [settings, ...more] = resizer.tidycal.respond(event, page);
      expect(more).to.deep.equal([]);
      expect(settings).to.match(/^\[iFrameSizer\]booking-7:/);
      expect(String(settings).split(':')).to.have.length(16);
    }
    expect(resizer.tidycal.respond('resize', page)).to.deep.equal([]);
  });

  it('tells Acuity that its parent is there, and tells HubSpot not to track because it is embedded', () => {
    expect(acuity.respond('load', context('https://acme.as.me/'))).to.deep.equal(['acuity:init']);
    expect(hubspot.respond('ready', context('https://meetings.hubspot.com/a'))).to.deep.equal([
      { type: 'privacy-consent', shouldTrackAnalytics: false },
    ]);
  });
});
