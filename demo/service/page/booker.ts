import { bookingView } from './booking-view.js';
import { CalAdapter } from './cal-adapter.js';
import { CalendlyAdapter } from './calendly-adapter.js';
import { PageApi } from './page-api.js';
import { el } from './element.js';
import { EventView } from './event-view.js';
import { Look } from './look.js';
import { errorView, profileView, unavailableView } from './other-views.js';
import type { PageData, PageView } from './page-data.js';
import { OtherAdapter } from './other-adapter.js';
import { readSettings, type Settings } from './settings.js';
import { knobNumber, knobOn, silentAdapter, type PageCommands, type Adapter } from './adapter.js';

const root = document.querySelector<HTMLElement>('.main') ?? document.body;
const data = JSON.parse(document.querySelector('#page-data')?.textContent ?? 'null') as PageData;
const look = new Look();
const api = new PageApi(data.knobs);

let view: PageView = data.page;
let booker: EventView | null = null;

const settingsOf = (page: PageView): Settings => {
  const settings = readSettings(data.provider, new URLSearchParams(location.search));
  const start = page.view === 'event' && page.start !== null ? Date.parse(page.start) : Number.NaN;
  return Number.isNaN(start) ? settings : { ...settings, slot: start };
};

const commands: PageCommands = {
  prefill: (answers) => booker?.prefill(answers),
  reread: () => {
    look.read(settingsOf(view));
    return draw(view);
  },
};

function adapterOf(): Adapter {
  if (data.provider === 'cal') return new CalAdapter({ data, root, look, commands });
  if (data.provider === 'calendly') return new CalendlyAdapter({ data, root, commands });
  return 'speaks' in data.knobs ? new OtherAdapter({ data, root }) : silentAdapter;
}

/** The knob `navigate-to`: the page navigates to this address once it is ready. */
function leave(): void {
  const target = data.knobs['navigate-to'];
  if (target === undefined || new URLSearchParams(location.search).has('navigated')) return;
  const url = new URL(target === 'reload' ? location.href : target, location.href);
  if (url.origin === location.origin) url.searchParams.set('navigated', '1');
  setTimeout(() => location.assign(url), knobNumber(data.knobs, 'navigate-after'));
}

const adapter = adapterOf();

/** The query that belongs to the visit rather than to one view of it. */
function addressOf(path: string): URL {
  const url = new URL(path, location.href);
  if (data.embed && !url.pathname.endsWith('/embed')) url.pathname += '/embed';
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (!['slot', 'date', 'month', 'rescheduleUid', 'cancel'].includes(name))
      url.searchParams.append(name, value);
  }
  return url;
}

/** Changes views in place, and loads another document only where that fails. */
async function go(path: string): Promise<void> {
  const url = addressOf(path);
  const isHard = knobOn(data.knobs, 'hard-navigation');
  const next = isHard ? null : await api.view(url.pathname + url.search).catch(() => null);
  if (!next) {
    location.assign(url);
    return;
  }
  history.pushState(null, '', url);
  adapter.moved();
  await draw(next);
  focusHeading();
}

const focusHeading = (): void => root.querySelector<HTMLElement>('h1')?.focus();

async function draw(page: PageView): Promise<void> {
  view = page;
  booker?.stop();
  booker = null;
  const settings = settingsOf(page);
  if (page.view === 'event') {
    const { event, moving } = page;
    const onBooked = (booking: { paths: { view: string } }): void => void go(booking.paths.view);
    booker = new EventView({ event, moving, settings, now: data.now, api, adapter, look, onBooked });
    root.replaceChildren(booker.element);
    const started = booker.start();
    adapter.drawn(page);
    await started;
    return;
  }
  root.replaceChildren(quietView(page, settings));
  adapter.drawn(page);
}

/** The views that need no data besides the page's own. */
function quietView(page: Exclude<PageView, { view: 'event' }>, { zone }: Settings): HTMLElement {
  if (page.view === 'profile') {
    return profileView(page.host, page.events, (event) => {
      adapter.eventChosen(event);
      void go(event.path);
    });
  }
  if (page.view === 'booking') {
    return bookingView({
      booking: page.booking,
      cancelling: page.cancelling,
      zone,
      api,
      adapter,
      onGo: (path) => void go(path),
      onCancelled: (booking) => {
        void draw({ view: 'booking', booking, cancelling: false }).then(focusHeading);
      },
    });
  }
  if (page.view === 'unavailable') return unavailableView(page, (path) => void go(path));
  return errorView(page);
}

adapter.begin();
look.read(settingsOf(view));
void draw(view).then(leave, (cause: unknown) => {
  root.replaceChildren(el('p', { role: 'alert' }, [`This page could not be drawn: ${String(cause)}`]));
});
