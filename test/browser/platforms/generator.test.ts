import { expect } from '@open-wc/testing';
import { CONSENT_TOOLS } from '../../../demo/gallery/generator/consent-tools.js';
import { DESTINATIONS, snippetFor } from '../../../demo/gallery/generator/destinations.js';
import { complete, type State } from '../../../demo/gallery/generator/state.js';
import { closePages } from '../../helpers/cdn.js';
import {
  drupalFilter,
  ghostCard,
  mailProgram,
  wordpressAuthor,
  wordpressShortcode,
} from '../../helpers/platform-cleaners.js';
import {
  hasLink,
  inForeignFrame,
  openPasted,
  PAGE,
  setInPanel,
  useNewHost,
  VISITOR_HAS,
  widgetOf,
} from '../../helpers/platform-visitor.js';
import { waitUntil } from '../../helpers/wait-until.js';

type Fields = Partial<State>;
type Snippet = ReturnType<typeof snippetFor>;

const ADDRESS = 'https://your.site/booking-widget.js';
const SCRIPT = `<script async src="${ADDRESS}"></script>`;
const LINK = `<a href="${PAGE}">Book a time</a>`;

const copied = (fields: Fields): Snippet =>
  snippetFor(complete({ link: PAGE, address: ADDRESS, ...fields }), { version: '0.1.0', integrity: {} });

const inMode = (mode: string): string =>
  mode === 'inline' ? 'calendar' : mode === 'popup' ? 'dialog' : 'corner';

/** Shows a page of the kind of a destination, with its snippet pasted in, and waits for what a visitor has. */
async function see(html: string, shows: string): Promise<void> {
  await VISITOR_HAS[shows]?.(await openPasted(`<p>Meet us</p>${html}`, shows));
}

/** Drupal's text format with the line, and the script in the theme's library, as the further texts say. */
function drupalPage({ text, further }: Snippet): string {
  const [library, line] = further.map((one) => one.text);
  const [, address = ''] = /js: \{ (\S+): \{ type: external/.exec(library ?? '') ?? [];
  return `<script async src="${address}"></script>${drupalFilter(text, line)}`;
}

/** What each destination makes of the copied text, and what its visitors have then. */
const PASTE: Readonly<Record<string, (snippet: Snippet, mode: string) => Promise<void>>> = {
  html: ({ text }, mode) => see(text, inMode(mode)),
  wordpress: ({ text }, mode) => see(SCRIPT + wordpressShortcode(text), inMode(mode)),
  ghost: ({ text }, mode) => see(ghostCard(text), inMode(mode)),
  webflow: ({ text }, mode) => see(text, inMode(mode)),
  squarespace: ({ text }, mode) => see(text, inMode(mode)),
  shopify: ({ text }, mode) => see(text, inMode(mode)),
  hubspot: ({ text }, mode) => see(text, inMode(mode)),
  // A panel has no link inside the widget.
  wix: ({ text }, mode) => setInPanel(text, mode === 'popup' ? 'button' : inMode(mode)),
  framer: ({ text }, mode) =>
    mode === 'inline'
      ? inForeignFrame(text)
      : mode === 'popup'
        ? see(LINK + text, 'known-dialog')
        : see(text, 'corner'),
  drupal: (snippet, mode) => see(drupalPage(snippet), inMode(mode)),
  gtm: ({ text }, mode) => (mode === 'floating' ? see(text, 'corner') : see(LINK + text, 'known-dialog')),
  async email({ text }) {
    const page = await openPasted(mailProgram(text), 'link');
    await hasLink(page);
    expect(page.window.getComputedStyle(page.one('a')).display).to.equal('inline-block');
  },
};

/** Compiled and mounted by `test/e2e/generator-apps.spec.ts`. */
const APPS = ['react', 'vue', 'svelte'];

beforeEach(useNewHost);
afterEach(closePages);

describe('snippet generator: the copied text on a page of its kind', () => {
  it('every destination is pasted by a test', () => {
    expect([...Object.keys(PASTE), ...APPS].sort()).to.deep.equal(DESTINATIONS.map(({ id }) => id).sort());
  });

  for (const [to, paste] of Object.entries(PASTE))
    for (const mode of ['inline', 'popup', 'floating'])
      it(`the text for ${to} in the mode ${mode} works where it is pasted`, () =>
        paste(copied({ to, mode }), mode));

  it('the text for WordPress without the plugin works in posts of authors, whose script is removed', async () => {
    const { text } = copied({ to: 'wordpress', plugin: 'no' });
    await see(text, 'calendar');
    await see(SCRIPT + wordpressAuthor(text), 'calendar');
  });

  it('options arrive at the widget: theme, accent, language, height and corners', async () => {
    const fields = {
      theme: 'dark',
      accent: '#0b6b50',
      lang: 'de',
      height: '480',
      radius: '3',
      label: 'Zum Termin',
    };
    const page = await openPasted(copied(fields).text, 'calendar');
    await VISITOR_HAS['calendar']?.(page);
    const widget = widgetOf(page);
    expect(widget?.matches(':state(dark)')).to.equal(true);
    const styles = page.window.getComputedStyle(widget as HTMLElement);
    expect(styles.getPropertyValue('--booking-accent')).to.equal('#0b6b50');
    expect(styles.minHeight).to.equal('480px');
    expect(styles.getPropertyValue('--booking-radius')).to.equal('3px');
    expect(widget?.lang).to.equal('de');
  });

  for (const { id } of CONSENT_TOOLS)
    it(`with ${id} the widget waits until the tool's code gives consent`, async () => {
      const page = await openPasted(copied({ consent: id }).text, 'calendar');
      await waitUntil(() => widgetOf(page)?.shadowRoot?.querySelector('[part~=show]'), 'no question');
      page.window.eval('allowBookings()');
      await VISITOR_HAS['calendar']?.(page);
    });

  for (const [to, mode] of [
    ['wordpress', 'inline'],
    ['drupal', 'popup'],
  ] as const)
    it(`with the site's code for a consent tool the text for ${to} asks, and has consent also when it comes later`, async () => {
      const snippet = copied({ to, mode, consent: 'onetrust' });
      const [code = ''] = snippet.further
        .map(({ text }) => text)
        .filter((text) => text.startsWith('<script>'));
      const content = to === 'drupal' ? drupalPage(snippet) : SCRIPT + wordpressShortcode(snippet.text);
      const alone = await openPasted(content, 'calendar');
      expect(alone.document.body.getHTML()).to.include('consent="required"');

      const page = await openPasted(
        `<p>Meet us</p>${code}${SCRIPT}<template>${content}</template>`,
        'calendar',
      );
      page.window.eval('allowBookings()');
      page.one('p').append(page.one<HTMLTemplateElement>('template').content);
      await VISITOR_HAS[inMode(mode)]?.(page);
      expect(widgetOf(page)?.shadowRoot?.querySelector('[part~=show]')).to.equal(null);
    });

  it('GA4 gets one lead for a new booking and none for one that was moved', async () => {
    const page = await openPasted(copied({ tracking: 'ga4' }).text, 'calendar');
    await VISITOR_HAS['calendar']?.(page);
    page.window.eval(`var sent = []; function gtag() { sent.push([].slice.call(arguments)) }`);
    for (const change of ['created', 'moved'])
      widgetOf(page)?.dispatchEvent(
        Object.assign(new page.window.Event('booking-booked', { bubbles: true, composed: true }), {
          change,
          bookingId: 'b1',
        }),
      );
    expect(page.window.eval('JSON.stringify(sent)')).to.equal(
      '[["event","generate_lead",{"booking_id":"b1"}]]',
    );
  });
});
