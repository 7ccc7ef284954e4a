import { el } from './element.js';
import type { EventCard, HostCard } from './page-data.js';
import { longDateOf, minutesInWords, timeOf, zoneInWords } from './time-format.js';

const SVG = 'http://www.w3.org/2000/svg';

/** Line drawings on a 24-unit grid. */
const ICONS = {
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4.5V12l3 2',
  video: 'M4 7h10v10H4zM14 10.5 20 7v10l-6-3.5',
  calendar: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  check: 'M5 12.5 10 17.5 19.5 7',
  cross: 'M6 6l12 12M18 6 6 18',
} as const;

export function icon(name: keyof typeof ICONS): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'icon');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');

export const avatar = ({ name }: HostCard): HTMLElement =>
  el('span', { class: 'avatar', 'aria-hidden': 'true' }, [initials(name)]);

export const fact = (name: keyof typeof ICONS, text: string): HTMLLIElement =>
  el('li', {}, [icon(name), el('span', {}, [text])]);

/** Date, hours and zone of a chosen time. */
export const timeFacts = (start: number, minutes: number, zone: string): HTMLLIElement[] => [
  fact('calendar', longDateOf(start, zone)),
  fact('clock', `${timeOf(start, zone)} – ${timeOf(start + minutes * 60_000, zone)}`),
  fact('globe', zoneInWords(zone)),
];

/** What is being booked, with whom. */
export function detailsOf(event: EventCard, minutes: number, more: readonly HTMLElement[] = []): HTMLElement {
  return el('aside', { class: 'details' }, [
    avatar(event.host),
    el('p', { class: 'host' }, [event.host.name]),
    el('h1', {}, [event.title]),
    el('ul', { class: 'facts' }, [
      ...more,
      ...(more.length > 0 ? [] : [fact('clock', minutesInWords(minutes))]),
      fact('video', 'Video call'),
    ]),
    event.description ? el('p', { class: 'description' }, [event.description]) : null,
  ]);
}
