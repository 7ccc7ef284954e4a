import { expect } from '@open-wc/testing';
import { linkIn, mistakeIn, titleOf, titleOfEvent } from '../../../demo/gallery/generator/link.js';
import { factsOf, originsOf } from '../../../demo/gallery/generator/provider-facts.js';
import { commonProviderOf } from '../../../src/widget/providers/common-hosts.js';
import { findProvider } from '../../../src/widget/providers/find-provider.js';
import type { Provider } from '../../../src/widget/providers/provider.js';
import { recognize } from '../../../src/widget/providers/recognize.js';

const product = {
  isProviderHost: (host: string): boolean => commonProviderOf(host) !== undefined,
  recognizes: (page: URL): boolean => recognize(page) !== null,
};

const provider = (address: string, named = ''): Promise<Provider> =>
  findProvider(new URL(address), named).load();

describe('snippet generator: the pasted link', () => {
  it('the title of an event type has its lengths, unless it names them itself', () => {
    for (const [title, lengths, shown] of [
      ['Intro call', [30], 'Intro call · 30 minutes'],
      ['Intro call', [60, 15, 30], 'Intro call · 15, 30 or 60 minutes'],
      ['30 Min Meeting', [30], '30 Min Meeting'],
      ['30 Min Meeting', [15], '30 Min Meeting · 15 minutes'],
      ['130 minutes', [30], '130 minutes · 30 minutes'],
      ['', [1], '1 minute'],
      ['Intro call', [], 'Intro call'],
    ] as const)
      expect(titleOfEvent({ title, lengths })).to.equal(shown);
  });

  it('a link is found in addresses and in the embed codes of providers', () => {
    for (const [pasted, link] of [
      [' https://cal.com/acme/30min ', 'https://cal.com/acme/30min'],
      ['cal.com/acme/30min', 'https://cal.com/acme/30min'],
      ['//cal.com/acme', 'https://cal.com/acme'],
      ['<button data-cal-link="acme/30min" data-cal-config="{}">Book</button>', 'https://cal.com/acme/30min'],
      [
        '<script>Cal("inline", { elementOrSelector: "#x", calLink: "acme/30min" })</script>',
        'https://cal.com/acme/30min',
      ],
      [
        '<div class="calendly-inline-widget" data-url="https://calendly.com/acme/call"></div><script src="https://assets.calendly.com/assets/external/widget.js"></script>',
        'https://calendly.com/acme/call',
      ],
      [
        '<iframe width="100" src="https://app.acuityscheduling.com/schedule.php?owner=1"></iframe>',
        'https://app.acuityscheduling.com/schedule.php?owner=1',
      ],
      [
        '<script>Cal.ns["30min"]("floatingButton", {"calLink":"acme/30min","config":{"layout":"month_view"}});</script>',
        'https://cal.com/acme/30min',
      ],
      [
        '<script>Cal("init", "30min", {origin:"https://app.cal.com"}); Cal.ns["30min"]("inline", { calLink: "acme/30min" });</script>',
        'https://cal.com/acme/30min',
      ],
      [
        '<script>Cal("init", {origin:"https://app.cal.eu"}); Cal("inline", { calLink: "acme/30min" });</script>',
        'https://cal.eu/acme/30min',
      ],
      [
        '<script>Cal("init", {origin:"https://meet.acme.example/"}); Cal("inline", { calLink: "acme/30min" });</script>',
        'https://meet.acme.example/acme/30min',
      ],
      [
        '<button data-cal-link="acme/30min" data-cal-origin="https://meet.acme.example">Book</button>',
        'https://meet.acme.example/acme/30min',
      ],
      [
        '<button data-cal-link="acme/30min" data-cal-origin="https://cal.com.acme.example">Book</button>',
        'https://cal.com.acme.example/acme/30min',
      ],
      ['Cal.ns["30min"]("modal", {"calLink":"acme/30min"});', 'https://cal.com/acme/30min'],
      [
        "Calendly.initBadgeWidget({ url: 'https://calendly.com/acme/call', text: 'Book' });",
        'https://calendly.com/acme/call',
      ],
      ['<Cal calLink="acme/30min" style={{ width: "100%" }} />', 'https://cal.com/acme/30min'],
      ['<InlineWidget url="https://calendly.com/acme/call" />', 'https://calendly.com/acme/call'],
      ['<https://cal.com/acme/30min>', 'https://cal.com/acme/30min'],
      ['"https://cal.com/acme/30min".', 'https://cal.com/acme/30min'],
      ['<p>Hello</p>', '<p>Hello</p>'],
      ['', ''],
    ] as const)
      expect(linkIn(pasted), pasted).to.equal(link);
  });

  it('a mistake in a link is said in words, and a good link has none', () => {
    for (const [link, words] of [
      ['https://cal.com/acme/30min', /^$/],
      ['https://calendly.com/acme', /^$/],
      ['https://booking.example.org/x', /^$/],
      ['', /^$/],
      ['book me', /space/],
      ['<script>nothing()</script>', /no link of a scheduling page in this code/],
      ['ada@example.org', /e-mail address/],
      ['acme', /not a web address/],
      ['mailto:ada@example.org', /mailto:/],
      ['https://cal', /ending missing/],
      ['http://cal.com/acme/30min', /write https/],
      ['https://cal.com/', /belongs to cal\.com/],
      ['https://calendly.com/pricing', /belongs to calendly\.com/],
      ['https://app.cal.com/event-types/12', /page where you edit/],
    ] as const)
      expect(mistakeIn(link, product), link).to.match(words);
  });

  it('the title is what the address says, or nothing', () => {
    for (const [link, title] of [
      ['https://cal.com/acme/30min', '30 minutes'],
      ['https://calendly.com/acme/intro-call', 'Intro call'],
      ['https://cal.com/acme/%E4%BC%9A%E8%AD%B0', '会議'],
      ['https://book.example/9f8e7d6c5b4a', ''],
      ['https://cal.com/', ''],
      ['https://cal.com/%E4%', ''],
    ] as const)
      expect(titleOf(new URL(link)), link).to.equal(title);
  });
});

describe('snippet generator: what a provider can do', () => {
  it('the words say what the capabilities of the provider say', async () => {
    const cal = factsOf(await provider('https://cal.com/acme/30min'));
    expect(cal.every(({ works }) => works === 'yes')).to.equal(true);
    const calendly = factsOf(await provider('https://calendly.com/acme'));
    expect(calendly.filter(({ text }) => /companion/.test(text)).map(({ works }) => works)).to.deep.equal([
      'partly',
      'partly',
    ]);
    const card = factsOf(await provider('https://rallly.co/x', 'rallly'));
    expect(card.map(({ works }) => works)).to.deep.equal(['partly']);
  });

  it('the origins of a page are those that the widget contacts', async () => {
    const origins = async (address: string): Promise<object> =>
      originsOf(await provider(address), new URL(address));
    expect(await origins('https://cal.com/acme/30min')).to.deep.equal({
      frame: 'https://app.cal.com',
      slots: 'https://api.cal.com',
    });
    expect(await origins('https://calendly.com/acme')).to.deep.equal({
      frame: 'https://calendly.com',
      slots: '',
    });
    expect(await origins('https://book.example/x')).to.deep.equal({
      frame: 'https://book.example',
      slots: '',
    });
  });
});
