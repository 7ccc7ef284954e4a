import { avatar, icon } from './details.js';
import { button, el } from './element.js';
import type { EventCard, HostCard, PageView } from './page-data.js';
import { minutesInWords } from './time-format.js';

/** The list of a host's event types. */
export function profileView(
  host: HostCard,
  events: readonly EventCard[],
  onEvent: (event: EventCard) => void,
): HTMLElement {
  document.title = host.name;
  const items = events.map((event) => {
    const link = el('a', { href: event.path, class: 'event' }, [
      el('span', { class: 'event-title' }, [event.title]),
      el('span', { class: 'event-length' }, [event.durations.map(minutesInWords).join(' · ')]),
      el('span', { class: 'description' }, [event.description]),
    ]);
    link.addEventListener('click', (click) => {
      if (click.ctrlKey || click.metaKey || click.shiftKey || click.button !== 0) return;
      click.preventDefault();
      onEvent(event);
    });
    return el('li', {}, [link]);
  });
  return el('article', { class: 'card narrow', 'data-step': 'profile' }, [
    avatar(host),
    el('h1', {}, [host.name]),
    el('p', { class: 'explanation' }, [host.about]),
    el('ul', { class: 'events' }, items),
  ]);
}

/** A page that exists but has nothing to book. */
export function unavailableView(
  { event, message }: Extract<PageView, { view: 'unavailable' }>,
  onGo: (path: string) => void,
): HTMLElement {
  document.title = 'Not available';
  return el('article', { class: 'card narrow', 'data-step': 'unavailable' }, [
    el('div', { class: 'badge', 'data-gone': true }, [icon('calendar')]),
    el('h1', { tabindex: -1 }, [message]),
    event
      ? el('div', { class: 'actions' }, [
          button('See all times', () => onGo(event.path), { class: 'primary' }),
        ])
      : null,
  ]);
}

export function errorView({ status, message }: Extract<PageView, { view: 'error' }>): HTMLElement {
  document.title = `Error ${String(status)}`;
  return el('article', { class: 'card narrow', 'data-step': 'error' }, [
    el('p', { class: 'status' }, [String(status)]),
    el('h1', {}, [message]),
  ]);
}
