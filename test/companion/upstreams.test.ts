import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { upstreamContract, type UpstreamCase } from '../contracts/upstream-contract.js';
import { ACUITY_AUTHORIZATION, acuityTalk, acuityTime, easyTalk, hubspotTalk } from './fake-schedulers.js';
import { type FakeUpstream } from './fake-upstream.js';
import {
  NOW,
  DAY,
  URI,
  scene,
  calTalk,
  linkOf,
  calendlyTalk,
  isAboutTimes,
  calCase,
  acuitySettings,
  hubspotSettings,
  easySettings,
  type Settings,
} from './upstream-scene.js';
const cases: readonly (UpstreamCase & { readonly settings: Settings })[] = [
  { ...calCase, name: 'Cal.com without a key', settings: ({ origin: api }) => ({ provider: 'cal', api }) },
  {
    ...calCase,
    name: 'Cal.com with a key',
    secret: 'cal_live_1',
    settings: ({ origin: api }) => ({ provider: 'cal', api: `${api}/v2/`, key: 'cal_live_1' }),
  },
  {
    name: 'Calendly',
    page: linkOf('30min'),
    spellings: [`${linkOf('30min')}/?month=2026-03`, 'https://www.calendly.com/ACME/30min'],
    strangers: ['https://calendly.com.evil.example/acme/30min', 'http://calendly.com:8080/acme/30min'],
    withoutEvent: ['https://calendly.com/acme', 'https://calendly.com/acme/60min'],
    id: URI,
    noId: 'https://api.calendly.com/event_types/ZZZ',
    secret: 'calendly-token-1',
    talk: calendlyTalk,
    isAboutTimes,
    settings: ({ origin: api }) => ({ provider: 'calendly', api, token: 'calendly-token-1' }),
  },
  {
    name: 'Acuity',
    page: 'https://acme.as.me/schedule.php?appointmentType=101',
    spellings: [
      'https://acme.as.me/schedule.php?appointmentType[]=101&ref=embedded_csp',
      'https://acme.as.me/schedule/0a1b/appointment/101',
      // The only one that everybody may see.
      'https://acme.as.me/',
    ],
    strangers: [
      'https://other.as.me/schedule.php?appointmentType=101',
      'https://app.acuityscheduling.com/schedule.php?owner=2&appointmentType=101',
      'https://app.acuityscheduling.com/schedule.php?appointmentType=101',
      'https://acme.as.me.evil.example/',
    ],
    withoutEvent: [
      'https://acme.as.me/?appointmentType=999',
      'https://acme.as.me/?appointmentType=103',
      'https://acme.as.me/?appointmentType=104',
      'https://acme.as.me/?appointmentType=category:Cuts',
      'https://acme.as.me/?appointmentType=101&calendarID=9',
    ],
    id: '101',
    noId: '999',
    secret: 'acuity-key-1',
    authorization: ACUITY_AUTHORIZATION,
    written: (start) => acuityTime(start, 'America/New_York').replace(/00$/, ':00'),
    talk: (starts) => acuityTalk(starts),
    isAboutTimes: ({ path }) => path.startsWith('/api/v1/availability/'),
    settings: acuitySettings,
  },
  {
    name: 'HubSpot',
    page: 'https://meetings.hubspot.com/ada/intro',
    spellings: [
      'https://meetings.hubspot.com/Ada/Intro/?embed=true',
      'https://meet.example.com/meetings/ada/intro#top',
    ],
    strangers: ['https://meetings.hubspot.com.evil.example/ada/intro', 'https://meet.example.com/ada/intro'],
    withoutEvent: ['https://meetings.hubspot.com/nobody', 'https://meetings.hubspot.com/'],
    id: '903',
    noId: '904',
    secret: 'hubspot-token-1',
    talk: (starts) => hubspotTalk(starts),
    isAboutTimes: ({ path }) => path.includes('/availability-page/'),
    settings: hubspotSettings,
  },
  {
    name: 'Easy!Appointments',
    page: 'https://book.example.com/?service=2',
    spellings: ['https://book.example.com/', 'https://book.example.com/index.php?service=2&utm_source=x'],
    strangers: ['https://book.example.org/', 'http://book.example.com/', 'https://other.example.com/'],
    withoutEvent: ['https://book.example.com/?service=4', 'https://book.example.com/?service=2&provider=9'],
    id: '3',
    noId: '4',
    talk: (starts) => easyTalk(starts),
    isAboutTimes: () => true,
    settings: easySettings,
  },
];

for (const { settings, ...one } of cases)
  describe(`the upstream ${one.name}`, () => {
    upstreamContract(one, (talk) => scene(settings, talk));
  });

describe('ranges', () => {
  const near = NOW + 30_000;
  for (const [name, settings, page, talk] of [
    [
      'Cal.com',
      (service: FakeUpstream) => ({ provider: 'cal', api: service.origin }),
      'https://cal.com/acme/30min',
      calTalk([]),
    ],
    [
      'Calendly',
      (service: FakeUpstream) => ({ provider: 'calendly', api: service.origin, token: 'calendly-token-1' }),
      linkOf('30min'),
      calendlyTalk([]),
    ],
    ['HubSpot', hubspotSettings, 'https://meetings.hubspot.com/ada/intro', hubspotTalk([])],
  ] as const)
    it(`are never inverted where they end at this moment, or in half a minute (${name})`, async () => {
      const { upstream, service } = await scene(settings, talk);
      const event = await upstream.eventAt(new URL(page));
      assert.ok(event);
      for (const to of [NOW - 1, NOW, near]) {
        const answers = await upstream.times(event, { from: NOW - DAY, to }, { who: 'test' });
        for (const answer of answers) assert.deepEqual('slots' in answer && answer.slots, []);
      }
      for (const { query } of service.arrived) {
        const [start, end] = ['start', 'end'].map(
          (word) => query.get(`${word}_time`) ?? query.get(word) ?? undefined,
        );
        if (start !== undefined && end !== undefined)
          assert.ok(Math.max(Date.parse(start), NOW) < Date.parse(end), `${start} to ${end}`);
        assert.ok(Number(query.get('monthOffset') ?? 0) >= 0);
      }
    });
});
