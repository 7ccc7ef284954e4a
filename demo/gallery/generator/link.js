// @ts-check
import { tagsIn } from './tags.js';

/**
 * The value of a property in JavaScript, JSON or JSX: `calLink: "…"`, `"calLink":"…"`, `calLink="…"`; empty where there is none.
 *
 * @param {string} code
 * @param {string} name
 */
const valueIn = (code, name) =>
  new RegExp(`\\b${name}["']?\\s*[:=]\\s*\\{?\\s*["'\`]([^"'\`]+)`).exec(code)?.[1] ?? '';

/**
 * The address of a `calLink`. Who hosts Cal.com themselves names the origin in `Cal("init", …)` or beside the link.
 *
 * @param {string} calLink
 * @param {string} origin
 */
function calPage(calLink, origin) {
  const [, top = ''] = /^https:\/\/(?:app\.|www\.)?cal\.(com|eu)(?=[/:]|$)/.exec(origin) ?? [];
  const home =
    top || !/^https?:\/\//.test(origin) ? `https://cal.${top || 'com'}` : origin.replace(/\/+$/, '');
  return `${home}/${calLink.replace(/^\//, '')}`;
}

/**
 * The address of a scheduling page in whatever was pasted: an address, with or without scheme, in quotation marks or angle
 * brackets, or the embed code of a provider. Code without an address stays as it is, so that its mistake is named.
 *
 * @param {string} pasted
 * @returns {string} empty where nothing was pasted
 */
export function linkIn(pasted) {
  const text = pasted.trim();
  const bare = text.replace(/^[<"'“„«]+|[>"'”“»,.;]+$/g, '');
  if (!/[\s<>{}"]/.test(bare)) return withScheme(bare);
  const origin = valueIn(text, 'calOrigin') || valueIn(text, 'origin');
  for (const { attributes } of tagsIn(text)) {
    const calLink = attributes.get('data-cal-link');
    if (calLink) return calPage(calLink, attributes.get('data-cal-origin') ?? origin);
    const named = ['data-url', 'data-booking-src', 'src', 'href']
      .map((name) => attributes.get(name) ?? '')
      .find((value) => /^(https?:)?\/\//.test(value) && !/\.(m?js|css)(\?|$)/.test(value));
    if (named) return withScheme(named);
  }
  const calLink = valueIn(text, 'calLink');
  if (calLink) return /^https:/.test(calLink) ? calLink : calPage(calLink, origin);
  const url = valueIn(text, 'url');
  return /^https:/.test(url) ? url : text;
}

/** @param {string} text */
function withScheme(text) {
  if (text.startsWith('//')) return `https:${text}`;
  return /^([\w-]+\.)+[a-z]{2,}(:\d+)?\//i.test(text) ? `https://${text}` : text;
}

/** Pages on providers' hosts where owners work, by host and path. */
const OWNERS_PAGES =
  /^(app\.cal\.com\/(event-types|bookings|availability|settings|apps|teams)|(www\.)?calendly\.com\/(event_types|app|scheduled_events|integrations)|app\.hubspot\.com\/(?!meetings\/))/;

/**
 * What is wrong with a link, in words for the site owner; empty for nothing.
 *
 * @param {string} link as `linkIn` returned it
 * @param {{ isProviderHost(host: string): boolean, recognizes(page: URL): boolean }} product the widget's own recognition
 */
export function mistakeIn(link, { isProviderHost, recognizes }) {
  if (!link) return '';
  if (/<\w/.test(link))
    return 'There is no link of a scheduling page in this code. Copy the address of the page from the browser’s address bar.';
  if (/\s/.test(link)) return 'There is a space in the address. Copy it from the browser’s address bar.';
  if (/^[\w.+-]+@[\w.-]+$/.test(link))
    return 'This is an e-mail address. The widget needs the link of a scheduling page.';
  let page;
  try {
    page = new URL(link);
  } catch {
    return 'This is not a web address. It begins with https://, such as https://cal.com/acme/30min.';
  }
  const { protocol, hostname, pathname, host } = page;
  if (!/^https?:$/.test(protocol)) return `Addresses that begin with ${protocol} cannot be shown on a page.`;
  if (!hostname.includes('.') && hostname !== 'localhost')
    return `“${hostname}” is not the name of a website. Is the ending missing, such as .com?`;
  if (OWNERS_PAGES.test(hostname + pathname))
    return 'This is the page where you edit. Open the public page, as a visitor sees it, and copy its address.';
  if (isProviderHost(host) && !recognizes(page))
    return `This page belongs to ${hostname} itself. Copy the address of your own scheduling page.`;
  if (protocol === 'http:' && !/^(localhost|127\.)/.test(hostname))
    return 'The address begins with http://. Pages with https cannot show it: write https://.';
  return '';
}

/**
 * What a link is about, as its path says it: `30 minutes`, `Intro call`. Empty where the path says nothing readable.
 *
 * @param {URL} page
 */
export function titleOf(page) {
  const last = page.pathname.split('/').filter(Boolean).at(-1) ?? '';
  const [, minutes] = /^(\d{1,3})-?(?:min|minutes?)$/i.exec(last) ?? [];
  if (minutes) return `${minutes} minutes`;
  const words = safelyDecoded(last)
    .replace(/[-_+]+/g, ' ')
    .trim();
  if (!/^[\p{L}\d ]{2,40}$/u.test(words) || /^[\da-f ]{8,}$|\d{4,}/i.test(words)) return '';
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const oneOf = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/**
 * What a service says of an event type, for people: `Intro call · 15 or 30 minutes`. Many titles name the length already.
 *
 * @param {{ readonly title: string, readonly lengths: readonly number[] }} event lengths in minutes
 */
export function titleOfEvent({ title, lengths }) {
  const minutes = [...lengths].sort((a, b) => a - b);
  const unit = minutes.at(-1) === 1 ? 'minute' : 'minutes';
  const isNamed = minutes.every((each) => new RegExp(`\\b${each}[ -]?min`, 'i').test(title));
  const length = isNamed ? '' : `${oneOf.format(minutes.map(String))} ${unit}`;
  return [title, length].filter(Boolean).join(' · ');
}

/** @param {string} text */
function safelyDecoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
