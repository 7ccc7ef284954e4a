import { html, render } from 'lit/html.js';
import type { BookingWidgetElement } from '../../src/entries/index.js';
import '../../src/entries/define.js';
import { service } from './service.js';

let hosts = 0;

/** A host of our own at the scheduling service, so that no two tests share bookings, knobs or limits. */
export const newHost = (): string =>
  `test-${Date.now().toString(36)}-${(++hosts).toString()}-${Math.random().toString(36).slice(2, 8)}`;

/** Sets knobs of the scheduling service for one host or event type. */
export async function turn(
  match: string,
  knobs: Record<string, string | number | boolean | null>,
): Promise<void> {
  await fetch(`${service.cal}/__control`, { method: 'POST', body: JSON.stringify({ match, knobs }) });
}

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  /** The host and event type it was about. */
  readonly key: string;
}

/** The requests that the scheduling service has seen for one host. */
export async function requests(match: string): Promise<SeenRequest[]> {
  const response = await fetch(`${service.cal}/__control/log?match=${match}`);
  return (await response.json()) as SeenRequest[];
}

/** Attributes of a widget that shows the service's Cal.com face, and books on its pages. */
export const calcom = (host: string, event = '30min', query = ''): Record<string, string> => ({
  src: `${service.cal}/${host}/${event}${query}`,
  provider: 'cal',
  api: service.cal,
  booking: 'frame',
});

const box = document.createElement('div');
document.body.append(box);

/** Puts a widget on the page; it is gone before the next test. */
export function mount(attributes: Record<string, string>, children = 'Book a time'): BookingWidgetElement {
  const widget = document.createElement('booking-widget');
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  if (children) {
    render(html`<a href=${attributes['src'] ?? ''}>${children}</a>`, widget);
    // The renderer's own marks are none of the page's markup.
    widget.normalize();
  }
  box.append(widget);
  return widget;
}

/** Takes down what a test has mounted. */
export function unmountAll(): void {
  box.replaceChildren();
  localStorage.clear();
}

/** The next event of this type, however often it was fired before. */
export const next = <Type extends keyof HTMLElementEventMap>(
  target: EventTarget,
  type: Type,
): Promise<HTMLElementEventMap[Type]> =>
  new Promise((resolve) => {
    target.addEventListener(
      type,
      (event) => {
        resolve(event as HTMLElementEventMap[Type]);
      },
      { once: true },
    );
  });

/** The element with this part, in the widget's shadow root. */
export function part<Kind extends HTMLElement = HTMLElement>(widget: Element, name: string): Kind | null {
  return widget.shadowRoot?.querySelector<Kind>(`[part~="${name}"]`) ?? null;
}

export const parts = (widget: Element, name: string): HTMLElement[] => [
  ...(widget.shadowRoot?.querySelectorAll<HTMLElement>(`[part~="${name}"]`) ?? []),
];

type Maybe<Value> = Value | null | undefined | false;

/** Resolves to the first truthy value of a condition, which is read once per frame. The test's time limit ends the wait. */
export async function until<Value>(condition: () => Maybe<Value> | Promise<Maybe<Value>>): Promise<Value> {
  for (;;) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/**
 * The marker for "nothing more happens": resolves when a widget that was mounted later has come into view and has its
 * slots and its scheduling page. Whatever an earlier widget was about to do by itself has been done by then.
 */
export async function laterWidgetIsReady(): Promise<void> {
  const marker = mount(calcom(newHost()));
  marker.style.cssText = 'position: fixed; inset: 0 0 auto';
  await Promise.all([next(marker, 'booking-availability'), next(marker, 'booking-ready')]);
  marker.remove();
}

/** Two frames and the tasks between them. Prefer `laterWidgetIsReady`: a busy machine needs longer than this. */
export const settled = async (): Promise<void> => {
  for (let frames = 0; frames < 2; frames++) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => setTimeout(resolve));
};

export const slotsOf = (widget: Element): HTMLElement[] => parts(widget, 'slot');

export const frameOf = (widget: Element): HTMLIFrameElement | null =>
  part<HTMLIFrameElement>(widget, 'frame');

/** Number of requests for the slots of this host. */
export const slotRequests = async (host: string): Promise<number> =>
  (await requests(host)).filter(({ method, path }) => method === 'GET' && path === '/v2/slots').length;

/** Whether the visitor cannot use an element because it or an ancestor is inert. */
export const isInert = (element: Element | null | undefined): boolean => !!element?.closest('[inert]');
