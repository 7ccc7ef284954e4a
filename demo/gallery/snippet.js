import { service } from '/service.js';
import { el } from './element.js';

/** What the widget writes itself is nothing to paste. */
const NOT_WRITTEN = new Set(['aria-haspopup']);
const WIDTH = 84;

const tag = (text) => ['tag', text];
const plain = (text) => ['', text];

function attributeTokens({ name, value }) {
  return value === ''
    ? [['name', name]]
    : [
        ['name', name],
        ['tag', '='],
        ['value', `"${value.replaceAll('"', '&quot;')}"`],
      ];
}

const lengthOf = (tokens) => tokens.reduce((sum, [, text]) => sum + text.length, 0);

/** A node of the page as pieces of HTML text, each with its kind, indented as one would write it. */
function write(node, depth = 0) {
  const indent = '  '.repeat(depth);
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.data.replace(/\s+/g, ' ').trim();
    return text ? [plain(`${indent}${text}\n`)] : [];
  }
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  const name = node.localName;
  const attributes = [...node.attributes]
    .filter((attribute) => !NOT_WRITTEN.has(attribute.name))
    .map(attributeTokens);
  const isLong =
    depth * 2 + name.length + attributes.reduce((sum, each) => sum + lengthOf(each) + 1, 2) > WIDTH - 10;
  const gap = isLong ? `\n${indent}  ` : ' ';
  const open = [
    plain(indent),
    tag(`<${name}`),
    ...attributes.flatMap((each) => [plain(gap), ...each]),
    ...(isLong ? [plain(`\n${indent}`)] : []),
    tag('>'),
  ];
  const close = tag(`</${name}>`);
  if (/^(input|img|br|hr)$/.test(name)) return [...open, plain('\n')];
  const children = [...node.childNodes].flatMap((child) => write(child, depth + 1));
  if (!children.length) return [...open, close, plain('\n')];
  const inner = children
    .map(([, text]) => text)
    .join('')
    .trim();
  const isShort = node.children.length === 0 && (isLong || lengthOf(open) + inner.length <= WIDTH);
  if (isShort) return [...open, plain(inner), close, plain('\n')];
  return [...open, plain('\n'), ...children, plain(indent), close, plain('\n')];
}

/** The same markup as it would stand on a site of one's own: real addresses need no hints about who they are. */
function forYourSite(nodes) {
  const places = [
    [service.calendly, 'https://calendly.com'],
    [service.cal, 'https://cal.com'],
    [service.plain, 'https://scheduling.example'],
  ];
  const copies = nodes.map((node) => node.cloneNode(true));
  const elements = copies.flatMap((copy) =>
    copy.nodeType === Node.ELEMENT_NODE ? [copy, ...copy.querySelectorAll('*')] : [],
  );
  for (const element of elements) {
    for (const name of ['provider', 'api', 'data-booking-provider', 'data-booking-api'])
      if (name.endsWith('api') || /^cal/.test(element.getAttribute(name) ?? ''))
        element.removeAttribute(name);
    for (const { name, value } of [...element.attributes]) {
      if (/companion$/.test(name)) element.setAttribute(name, 'https://companion.example');
      else if (name === 'metrics-endpoint') element.setAttribute(name, 'https://example.com/metrics');
      else if (value === '/dist/booking-widget.js')
        element.setAttribute(name, 'https://example.com/booking-widget.js');
      else {
        const place = places.find(([local]) => value.startsWith(local));
        if (place)
          element.setAttribute(name, value.replace(place[0], place[1]).replace(/\/test-[\w-]+\//, '/acme/'));
      }
    }
  }
  return copies;
}

/** The paste target, as this page itself uses it. */
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

/** A box with text to copy. `draw` gives the pieces, anew for each way of writing them in `ways`. */
function codeBox(caption, draw, ways = [], first = ways[0]) {
  let way = first;
  const code = el('code');
  const pre = el('pre', { tabindex: '0', role: 'region', 'aria-label': caption }, code);
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
 * The snippet of an example: the very markup that is on the page, read back from it, and read again whenever it
 * changes. It cannot drift from what is seen.
 */
export function snippetOf(example, { withScript = true, way: first = 'This page' } = {}) {
  const nodes = () => [withScript && scriptTag(), ...example.childNodes].filter(Boolean);
  const { box, show } = codeBox(
    'HTML',
    (way) => {
      const written = way === 'Your site' ? forYourSite(nodes()) : nodes();
      const tokens = written.flatMap((node) => write(node));
      const last = tokens.at(-1);
      return last ? [...tokens.slice(0, -1), [last[0], last[1].trimEnd()]] : [];
    },
    ['This page', 'Your site'],
    first,
  );
  new MutationObserver(show).observe(example, { attributes: true, childList: true, subtree: true });
  return box;
}

/** A file of this page, as it is served. */
export async function fileBox(caption, address) {
  const text = await (await fetch(address)).text();
  return codeBox(caption, () => [plain(text.trim())]).box;
}
