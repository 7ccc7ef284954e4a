import { el } from './element.js';
import { asHere, forYourSite, markupText } from './markup-text.js';

/** The script tag of this page. */
const scriptTag = () => document.querySelector('script[src*="/dist/booking-widget"]');

const highlight = (tokens) =>
  tokens.map(([kind, text]) => (kind ? el('span', { class: `code-${kind}` }, text) : text));

async function copy(text, button) {
  const said = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
  } catch {
    button.textContent = 'Could not copy';
  }
  setTimeout(() => (button.textContent = said), 2000);
}

/** A box with text to copy. `draw` returns the tokens for one of the ways of writing them in `ways`. */
function codeBox(caption, draw, ways = []) {
  let [way] = ways;
  const code = el('code');
  const pre = el('pre', { tabindex: '0', role: 'group', 'aria-label': caption }, code);
  const show = () => {
    code.replaceChildren(...highlight(draw(way)));
  };
  const buttons = ways.map((each) =>
    el(
      'button',
      {
        type: 'button',
        'aria-pressed': String(each === way),
        click() {
          way = each;
          for (const [index, other] of buttons.entries())
            other.setAttribute('aria-pressed', String(ways[index] === way));
          show();
        },
      },
      each,
    ),
  );
  const copier = el(
    'button',
    { type: 'button', class: 'copy', click: () => copy(code.textContent, copier) },
    'Copy',
  );
  show();
  const box = el(
    'figure',
    { class: 'snippet' },
    el(
      'figcaption',
      {},
      el('span', {}, caption),
      buttons.length > 0 &&
        el('span', { class: 'ways', role: 'group', 'aria-label': 'Written for' }, ...buttons),
      copier,
    ),
    pre,
  );
  return { box, show };
}

/**
 * The snippet of an example: the markup that is on the page, read from the DOM and read again whenever it changes, so
 * that it always matches the page. What works on the reader's site comes first.
 */
export function snippetOf(example, { withScript = true } = {}) {
  const nodes = () => [withScript && scriptTag(), ...example.childNodes].filter(Boolean);
  const { box, show } = codeBox(
    'HTML',
    (way) => markupText(nodes(), way === 'Your site' ? forYourSite : asHere),
    ['Your site', 'This page'],
  );
  new MutationObserver(show).observe(example, { attributes: true, childList: true, subtree: true });
  return box;
}

/** A file of this page, as it is served. */
export async function fileBox(caption, address) {
  const text = await (await fetch(address)).text();
  return codeBox(caption, () => [['', text.trim()]]).box;
}
