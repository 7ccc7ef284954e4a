import { resizer } from '../../../src/widget/providers/resizer.js';
import { providerContract } from '../../contracts/provider-contract.js';
import { PERSONAL, type ProviderFixtures } from '../../contracts/provider-fixtures.js';
import { noWord, person, slots } from './other-fixtures.js';

const size = (words: string, id = 'booking-1'): string => `[iFrameSizer]${id}:${words}`;

const resizing = (ready: boolean): ProviderFixtures['messages'] => [
  { says: 'that it listens', data: '[iFrameResizerChild]Ready', means: { type: 'hello' } },
  {
    says: 'its first size',
    data: size('700:300:init'),
    means: { type: 'resize', height: 700, ...(ready && { ready: true }) },
  },
  {
    says: 'another size',
    data: size('812.5:300:mutationObserver'),
    means: { type: 'resize', height: 812.5, ...(ready && { ready: true }) },
  },
  { says: 'a size of nothing drawn yet', data: size('2:300:init'), means: null },
  { says: 'a size without a number', data: size('NaN:300:init'), means: null },
  { says: 'another frame’s size', data: size('700:300:init', 'booking-2'), means: null },
  { says: 'where to scroll', data: size('700:300:scrollTo'), means: null },
  { says: 'somebody’s words', data: size('700:300:message:"hello"'), means: null },
  { says: 'that it closes', data: size('700:300:close'), means: null },
  { says: 'the same in an object', data: { height: 700 }, means: null },
  noWord,
];

providerContract(resizer.tidycal, {
  named: ['tidycal', 'TidyCal', 'tidycal.com'],
  page: 'https://tidycal.com/ada/intro',
  aliases: [
    'https://tidycal.com/ada/intro?embed=1&showAvatar=0',
    'https://tidycal.com/ada/intro?name=Ada&fbclid=x',
  ],
  others: ['https://tidycal.com/ada', 'https://tidycal.com/ada/intro?x=1'],
  slots,
  embedParams: /^(embed|showAvatar)$/,
  prefill: { given: person, found: { name: [PERSONAL.name], email: [PERSONAL.email], phone: [] } },
  messages: resizing(true),
  answers: [],
});

providerContract(resizer.zcal, {
  named: ['zcal', 'zcal.co'],
  page: 'https://zcal.co/i/AbC123',
  aliases: ['https://zcal.co/i/AbC123?embed=1&embedType=iframe'],
  others: ['https://zcal.co/ada', 'https://zcal.co/i/abc123'],
  slots,
  embedParams: /^embed/,
  prefill: {
    given: { ...person, a0: 'x' },
    found: { name: [PERSONAL.name], email: [PERSONAL.email], smsPhone: ['+39 06 123'], a0: ['x'] },
  },
  messages: resizing(true),
  answers: [],
});

providerContract(resizer.youcanbookme, {
  named: ['youcanbookme', 'YouCanBook.me', 'ycbm'],
  page: 'https://acme.youcanbook.me/',
  aliases: ['https://acme.youcanbook.me/?noframe=true&skipHeaderFooter=true'],
  others: ['https://acme.ycb.me/', 'https://ada.youcanbook.me/'],
  slots,
  embedParams: /^(noframe|skipHeaderFooter)$/,
  prefill: { given: person, found: { name: [], email: [] } },
  messages: resizing(false),
  answers: [],
});

providerContract(resizer.leadconnector, {
  named: ['leadconnector', 'LeadConnector', 'GoHighLevel', 'highlevel', 'GHL'],
  page: 'https://api.leadconnectorhq.com/widget/booking/AbC',
  aliases: ['https://api.leadconnectorhq.com/widget/booking/AbC?name=Ada&msclkid=1'],
  others: ['https://api.leadconnectorhq.com/widget/bookings/AbC', 'https://book.example/widget/booking/AbC'],
  slots,
  embedParams: /^$/,
  prefill: {
    given: person,
    found: { name: [PERSONAL.name], email: [PERSONAL.email], phone: ['+39 06 123'] },
  },
  messages: resizing(false),
  answers: [],
});
