import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { executeServerCommand } from '@web/test-runner-commands';
import { parse } from 'acorn';
import type { TriedFence } from '../../../tools/guides-plugin.js';
import { closePages, openPage, type LoaderPage, type PageOptions } from '../../helpers/cdn.js';
import {
  delayer,
  drupalFilter,
  ghostCard,
  ghostImport,
  rocketLoader,
  wordpressAuthor,
} from '../../helpers/platform-cleaners.js';
import { service } from '../../helpers/service.js';
import { newHost } from '../../helpers/widget.js';

const fences = await import(new URL('/__guides.js', location.href).href).then(
  (module: { default: readonly TriedFence[] }) => module.default,
);

/** What the guides call the scheduling page. */
const PAGE = 'https://cal.com/acme/30min';

/** Shown by a suite that has what it takes: WordPress, or a companion. */
const ELSEWHERE = /^(wordpress-\w+|hosted-page)$/;
/** Read whole by a suite that plays each consent tool (`test/browser/loader/consent.test.ts`). */
const CONSENT = 'consent.md';

const isFragment = ({ language }: TriedFence): boolean => /^(html|liquid)$/.test(language);

/** The markup that a piece of code is, or becomes. */
function markupOf({ language, text, rendered }: TriedFence): string {
  if (language !== 'yaml') return rendered ?? text;
  // Drupal's description of a script.
  const [, address, , isAsync] =
    /(https:\S+): \{ type: external(, attributes: \{ (async): true \})?/.exec(text) ?? [];
  return `<script ${isAsync ?? ''} src="${address ?? ''}"></script>`;
}

const scriptOf = (guide: string): string => {
  const fence = fences.find((one) => one.guide === guide && one.shows === 'script');
  return fence ? markupOf(fence) : '';
};

const allowedLine = (guide: string): string =>
  fences.find((one) => one.guide === guide && one.shows === 'drupal-line')?.text ?? '';

/** What becomes of a page whose content (or, for optimisers, whose script) goes through a platform. */
const CONTENT: Readonly<Record<string, (html: string, guide: string) => string>> = {
  'wordpress-author': wordpressAuthor,
  'ghost-card': ghostCard,
  'ghost-import': ghostImport,
  'drupal-basic': (html) => drupalFilter(html),
  'drupal-allowed': (html, guide) => drupalFilter(html, allowedLine(guide)),
};
const WHOLE: Readonly<Record<string, (html: string) => string>> = { 'rocket-loader': rocketLoader, delayer };

/** A page of the guide: its content in the body, and the site's script where the content brings none. */
const pageOf = (fence: TriedFence, content = markupOf(fence)): string =>
  /<script[^>]*src=|createElement\('script'\)/.test(content)
    ? `<p>Meet us</p>${content}`
    : `${scriptOf(fence.guide)}<p>Meet us</p>${content}`;

/** Another host for every page, so that no page gets the bookings of another. */
let host = '';

/**
 * The addresses of our own servers in the guides. The widget knows the local scheduling service by page-wide options; where it
 * has to know the page by its address that one stays, and a policy keeps the browser from going there.
 */
function local(html: string, keepPage: boolean): string {
  const known = `provider=cal&api=${encodeURIComponent(service.cal)}`;
  const here = html
    .replaceAll('https://your.site', '{cdn}')
    .replace(
      /(booking-widget(?:\.all)?\.js)(?:\?([^"'\s]*))?/g,
      (_, file: string, more: string | undefined) => [`${file}?${known}`, ...(more ? [more] : [])].join('&'),
    );
  return keepPage ? here : here.replaceAll(PAGE, `${service.cal}/${host}/30min`);
}

const open = (html: string, shows: string, options?: PageOptions): Promise<LoaderPage> =>
  openPage(local(html, shows === 'known-dialog'), {
    ...(shows === 'known-dialog' && {
      headers: {
        'content-security-policy': "frame-src 'self' http://127.0.0.1:*; connect-src http://127.0.0.1:*",
      },
    }),
    ...options,
  });

type Widget = HTMLElement & { readonly src: string };

const widgetOf = ({ document }: LoaderPage): Widget | null =>
  document.querySelector<Widget>('booking-widget');

const isOpen = (page: LoaderPage): boolean => !!widgetOf(page)?.shadowRoot?.querySelector('dialog')?.open;

const isReady = (page: LoaderPage): Promise<void> =>
  waitUntil(() => widgetOf(page)?.matches(':state(ready)'), 'the calendar never came');

/** What a visitor has in the end. Each rejects when it is not so. */
const VISITOR_HAS: Readonly<Record<string, (page: LoaderPage) => Promise<void>>> = {
  async calendar(page) {
    await isReady(page);
    expect(widgetOf(page)?.shadowRoot?.querySelector('[part~=frame]')?.checkVisibility()).to.equal(true);
    expect(isOpen(page)).to.equal(false);
  },
  async dialog(page) {
    const link = page.one('a');
    await waitUntil(
      () => link.getAttribute('aria-haspopup') === 'dialog',
      'the link says nothing of a dialog',
    );
    link.click();
    await waitUntil(() => isOpen(page), 'no dialog');
    await isReady(page);
  },
  async 'known-dialog'(page) {
    const link = page.one<HTMLAnchorElement>('a');
    await waitUntil(
      () => link.getAttribute('aria-haspopup') === 'dialog',
      'the link says nothing of a dialog',
    );
    link.click();
    await waitUntil(() => isOpen(page), 'no dialog');
    expect(widgetOf(page)?.src.startsWith(PAGE)).to.equal(true);
  },
  async corner(page) {
    const launcher = (): HTMLElement | null | undefined =>
      widgetOf(page)?.shadowRoot?.querySelector<HTMLElement>('[part~=launcher]');
    await waitUntil(() => launcher(), 'no button');
    expect(page.window.getComputedStyle(launcher() as HTMLElement).position).to.equal('fixed');
    launcher()?.click();
    await waitUntil(() => isOpen(page), 'no dialog');
    await isReady(page);
  },
  /** Nothing but a link, although the script is there. */
  async link(page) {
    await waitUntil(() => Symbol.for('booking-widget') in page.window, 'the script never ran');
    await hasLink(page);
    expect(page.document.querySelectorAll('booking-widget, [aria-haspopup]').length).to.equal(0);
  },
};

/** A link to the scheduling page, to be seen and followed. */
async function hasLink(page: LoaderPage): Promise<void> {
  await waitUntil(() => page.document.readyState === 'complete', 'the page never loaded');
  const link = page.one<HTMLAnchorElement>('a');
  expect(link.checkVisibility()).to.equal(true);
  expect(link.href).to.match(/\/30min(\?ref=your\.site)?$/);
}

const isTried = ({ shows }: TriedFence): boolean => shows in VISITOR_HAS;
const nameOf = ({ line, shows }: TriedFence): string => `line ${String(line)} (${shows})`;

beforeEach(() => {
  host = newHost();
});
afterEach(closePages);

describe('platform guides', () => {
  it('every snippet of the platform guides is covered by a rule of this suite', () => {
    const KNOWN = /^(script|policy|drupal-line)$/;
    expect(
      fences
        .filter(({ guide }) => guide !== CONSENT)
        .filter((fence) => !isTried(fence) && !KNOWN.test(fence.shows) && !ELSEWHERE.test(fence.shows))
        .map(({ guide, line, language, shows }) => `${guide}:${String(line)} ${language} shows "${shows}"`),
    ).to.deep.equal([]);
    const cleanings = new Set(fences.flatMap(({ after }) => Object.keys(after)));
    expect(
      [...cleanings].filter(
        (name) => !(name in CONTENT || name in WHOLE || /^(es5|foreign-frame)$/.test(name)),
      ),
    ).to.deep.equal([]);
  });
});

for (const guide of new Set(fences.map((fence) => fence.guide)))
  describe(`platform guide ${guide}`, () => {
    const own = fences.filter((fence) => fence.guide === guide);

    for (const fence of own.filter(isTried)) {
      const { shows, after } = fence;

      it(`the snippet of ${guide} at ${nameOf(fence)} shows visitors what it promises`, async () => {
        if (fence.language === 'yaml') await setInPanel(fence.text);
        else await VISITOR_HAS[shows]?.(await open(pageOf(fence), shows));
        await executeServerCommand('picture', `${guide} ${nameOf(fence)}`);
      });

      if (isFragment(fence) && shows !== 'corner')
        it(`the snippet of ${guide} at ${nameOf(fence)} is a link without the script`, async () => {
          await hasLink(
            await open(pageOf(fence), shows, { faults: [{ file: 'booking-widget', how: 'not-found' }] }),
          );
        });

      for (const [platform, left] of Object.entries(after)) {
        const content = CONTENT[platform];
        if (content)
          it(`the snippet of ${guide} at ${nameOf(fence)} is a ${left} after ${platform}`, async () => {
            await VISITOR_HAS[left]?.(await open(pageOf(fence, content(markupOf(fence), guide)), left));
          });
        const whole = WHOLE[platform];
        if (whole)
          it(`the snippet of ${guide} at ${nameOf(fence)} is a ${left} after a ${platform}`, async () => {
            const page = await open(whole(pageOf(fence)), left);
            if (platform === 'delayer') await hasLink(page);
            page.window.dispatchEvent(new page.window.Event('pointermove'));
            await VISITOR_HAS[left]?.(page);
          });
        if (platform === 'foreign-frame')
          it(`the snippet of ${guide} at ${nameOf(fence)} is a ${left} in a frame of another site`, () =>
            inForeignFrame(pageOf(fence)));
      }
    }

    for (const fence of own)
      for (const [platform, left] of Object.entries(fence.after)) {
        if (left !== 'unchanged') continue;
        if (platform === 'es5')
          it(`the snippet of ${guide} at ${nameOf(fence)} is ECMAScript 5`, () => {
            for (const script of inlineScripts(fence.text)) parse(script, { ecmaVersion: 5 });
            expect(inlineScripts(fence.text).length).to.equal(1);
          });
        else
          it(`the snippet of ${guide} at ${nameOf(fence)} is left unchanged by a ${platform}`, () => {
            expect(WHOLE[platform]?.(markupOf(fence))).to.match(
              /^<script [^>]*src="https:\/\/your\.site\/[^>]*><\/script>\n/,
            );
          });
      }

    for (const fence of own.filter(({ shows }) => shows === 'policy')) {
      const tried = own.find((one) => /^(calendar|dialog)$/.test(one.shows) && isFragment(one));

      it(`the policy of ${guide} at ${nameOf(fence)} allows all that the widget needs`, async () => {
        if (!tried) throw new Error(`${guide} has nothing to show under its policy`);
        const page = await underPolicy(fence, tried, ({ text }) => text);
        await VISITOR_HAS[tried.shows]?.(page);
      });
    }
  });

describe('Content-Security-Policy of the guides', () => {
  const fence = fences.find(({ guide, shows }) => guide === 'README.md' && shows === 'policy');
  const tried = fences.find(({ guide, shows }) => guide === 'README.md' && shows === 'calendar');
  if (!fence || !tried) throw new Error('the overview has no policy');

  it('a policy without its line for frames ends in the failure view', async () => {
    const page = await underPolicy(fence, tried, ({ text }) => text.replace(/; frame-src .*/, ''));
    await waitUntil(() => widgetOf(page)?.matches(':state(failed)'), 'no failure');
  });

  it('a policy without its line for scripts leaves the fallback link', async () => {
    await hasLink(await underPolicy(fence, tried, ({ text }) => text.replace(/script-src [^;]*; /, '')));
  });
});

const inlineScripts = (html: string): string[] =>
  [...html.matchAll(/<script>([^]*?)<\/script>/g)].map(([, code = '']) => code);

/** Shows a piece of a guide in a page with the guide's policy, on top of one that forbids everything. */
function underPolicy(
  policy: TriedFence,
  shown: TriedFence,
  lines: (policy: TriedFence) => string,
): Promise<LoaderPage> {
  const nonce = 'r4nd0m';
  const [, value = ''] = /^Content-Security-Policy: (.*)$/m.exec(lines(policy)) ?? [];
  const here = value
    .replaceAll('https://your.site', '{origin}')
    .replaceAll(/https:\/\/(app|api)\.cal\.com/g, service.cal)
    .replaceAll('{random}', nonce);
  return open(pageOf(shown).replaceAll('<script', `<script nonce="${nonce}"`), shown.shows, {
    headers: { 'content-security-policy': `default-src 'none'; ${here}` },
  });
}

/** Does what a builder's panel for custom elements does: loads the script, makes the tag, sets the attributes. */
async function setInPanel(panel: string): Promise<void> {
  const said = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(panel)?.[1] ?? '';
  // The panel's script address is in no markup, so the page lends it its own.
  const page = await open(
    `<p>Meet us</p><a hidden href="${PAGE}"></a><i data-script="${said('Server URL')}"></i>`,
    'calendar',
  );
  const script = page.document.createElement('script');
  script.src = page.one('[data-script]').dataset['script'] ?? '';
  page.document.head.append(script);
  const element = page.document.createElement(said('Tag Name'));
  for (const [, name = '', value = ''] of panel.matchAll(/^ {2}([\w-]+): (.*)$/gm))
    element.setAttribute(name, value === PAGE ? page.one<HTMLAnchorElement>('a').href : value);
  page.one('p').append(element);
  await VISITOR_HAS['calendar']?.(page);
}

/** Shows a page in a frame of another site, as builders do with embedded markup, and waits for its calendar. */
async function inForeignFrame(html: string): Promise<void> {
  const page = await open(html, 'calendar', { faults: [{ file: 'booking-widget', how: 'not-found' }] });
  const cdn = page.one<HTMLScriptElement>('script[src]').src.replace(/\/booking-widget.*/, '');
  await page.set({
    page: {
      html: `<!doctype html><script>addEventListener('booking-ready', () => parent.postMessage('ready', '*'))</script>${page.document.documentElement.getHTML()}`,
    },
  });
  const frame = page.document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts allow-popups allow-forms allow-same-origin');
  frame.style.cssText = 'width:700px;height:640px';
  const ready = new Promise((resolve) => {
    page.window.addEventListener('message', ({ data }) => {
      if (data === 'ready') resolve(data);
    });
  });
  frame.src = `${cdn}/__page`;
  page.document.body.replaceChildren(frame);
  await ready;
}
