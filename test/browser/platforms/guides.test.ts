import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { executeServerCommand } from '@web/test-runner-commands';
import { parse } from 'acorn';
import type { TriedFence } from '../../../tools/guides-plugin.js';
import { closePages, type LoaderPage } from '../../helpers/cdn.js';
import {
  delayer,
  drupalFilter,
  ghostCard,
  ghostImport,
  rocketLoader,
  wordpressAuthor,
} from '../../helpers/platform-cleaners.js';
import {
  hasLink,
  inForeignFrame,
  openPasted as open,
  setInPanel,
  useNewHost,
  VISITOR_HAS,
  widgetOf,
} from '../../helpers/platform-visitor.js';
import { service } from '../../helpers/service.js';

const fences = await import(new URL('/__guides.js', location.href).href).then(
  (module: { default: readonly TriedFence[] }) => module.default,
);

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

const isTried = ({ shows }: TriedFence): boolean => shows in VISITOR_HAS;
const nameOf = ({ line, shows }: TriedFence): string => `line ${String(line)} (${shows})`;

beforeEach(useNewHost);
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
