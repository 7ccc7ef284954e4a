import { service } from '/service.js';

/** Attributes and elements that the widget and its loader add: they are not part of the snippet. */
const OWN_ATTRIBUTES = new Set(['aria-haspopup']);
const OWN_ELEMENTS = '.booking-widget-failure';
const VOID = /^(input|img|br|hr)$/;
/** Characters of a line. */
const WIDTH = 84;

/** An attribute as it is on the page. */
export const asHere = (name, value) => value;

const PLACES = [
  [service.calendly, 'https://calendly.com'],
  [service.cal, 'https://cal.com'],
  [service.plain, 'https://scheduling.example'],
];

/** The same as it would be on a site of one's own: real addresses need no hints about whose they are. Null: left out. */
export function forYourSite(name, value) {
  if (/^(data-booking-)?(api|provider)$/.test(name)) return null;
  if (/companion$/.test(name)) return 'https://companion.example';
  if (name === 'metrics-endpoint') return 'https://example.com/metrics';
  if (value === '/dist/booking-widget.js') return 'https://example.com/booking-widget.js';
  const place = PLACES.find(([here]) => value.startsWith(here));
  return place ? value.replace(place[0], place[1]).replace(/\/test-[\w-]+\//, '/acme/') : value;
}

const tag = (text) => ['tag', text];
const plain = (text) => ['', text];
const lengthOf = (tokens) => tokens.reduce((sum, [, text]) => sum + text.length, 0);

const attributeTokens = (name, value) =>
  value === ''
    ? [['name', name]]
    : [['name', name], tag('='), ['value', `"${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`]];

function write(node, attributeOf, depth) {
  const indent = '  '.repeat(depth);
  if (node instanceof Text) {
    const text = node.data.replace(/\s+/g, ' ').trim();
    return text ? [plain(`${indent}${text}\n`)] : [];
  }
  if (!(node instanceof Element) || node.matches(OWN_ELEMENTS)) return [];
  const name = node.localName;
  const attributes = [...node.attributes]
    .filter((attribute) => !OWN_ATTRIBUTES.has(attribute.name))
    .map((attribute) => [attribute.name, attributeOf(attribute.name, attribute.value)])
    .filter(([, value]) => value !== null)
    .map((attribute) => attributeTokens(...attribute));
  const length = depth * 2 + name.length + attributes.reduce((sum, each) => sum + lengthOf(each) + 1, 2);
  const isLong = length > WIDTH - 10;
  const open = [
    plain(indent),
    tag(`<${name}`),
    ...attributes.flatMap((each) => [plain(isLong ? `\n${indent}  ` : ' '), ...each]),
    ...(isLong ? [plain(`\n${indent}`)] : []),
    tag('>'),
  ];
  if (VOID.test(name)) return [...open, plain('\n')];
  const close = tag(`</${name}>`);
  const children = [...node.childNodes].flatMap((child) => write(child, attributeOf, depth + 1));
  if (!children.length) return [...open, close, plain('\n')];
  const inner = children
    .map(([, text]) => text)
    .join('')
    .trim();
  const isShort = node.children.length === 0 && (isLong || length + inner.length <= WIDTH);
  if (isShort) return [...open, plain(inner), close, plain('\n')];
  return [...open, plain('\n'), ...children, plain(indent), close, plain('\n')];
}

/**
 * Nodes of the page as the HTML one would write: pieces of text, each with its kind (`tag`, `name`, `value`, or none).
 * `attributeOf` gives the value an attribute is written with.
 */
export function markupText(nodes, attributeOf) {
  const tokens = nodes.flatMap((node) => write(node, attributeOf, 0));
  const last = tokens.pop();
  return last ? [...tokens, [last[0], last[1].trimEnd()]] : [];
}
