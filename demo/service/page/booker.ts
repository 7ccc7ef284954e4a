import { bookingView } from './booking-view.js';
import { CalWords } from './cal-words.js';
import { CalendlyWords } from './calendly-words.js';
import { DeskCalls } from './desk-calls.js';
import { el } from './element.js';
import { EventView } from './event-view.js';
import { Look } from './look.js';
import { errorView, profileView, unavailableView } from './other-views.js';
import type { PageData, PageView } from './page-data.js';
import { OtherWords } from './other-words.js';
import { readSettings, type Settings } from './settings.js';
import { silence, type Ears, type Words } from './words.js';

const root = document.querySelector<HTMLElement>('.main') ?? document.body;
const data = JSON.parse(document.querySelector('#page-data')?.textContent ?? 'null') as PageData;
const look = new Look();
const calls = new DeskCalls(data.knobs);

let view: PageView = data.page;
let booker: EventView | null = null;

const settingsOf = (page: PageView): Settings => {
  const settings = readSettings(data.face, new URLSearchParams(location.search));
  const start = page.view === 'event' && page.start !== null ? Date.parse(page.start) : Number.NaN;
  return Number.isNaN(start) ? settings : { ...settings, slot: start };
};

const ears: Ears = {
  prefill: (answers) => booker?.prefill(answers),
  reread: () => {
    look.read(settingsOf(view));
    return draw(view);
  },
};

function wordsOf(): Words {
  if (data.face === 'cal') return new CalWords({ data, root, look, ears });
  if (data.face === 'calendly') return new CalendlyWords({ data, root, ears });
  return 'speaks' in data.knobs ? new OtherWords({ data, root }) : silence;
}

const words = wordsOf();

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
  const next = await calls.view(url.pathname + url.search).catch(() => null);
  if (!next) {
    location.assign(url);
    return;
  }
  history.pushState(null, '', url);
  words.moved();
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
    booker = new EventView({ event, moving, settings, now: data.now, calls, words, look, onBooked });
    root.replaceChildren(booker.element);
    const started = booker.start();
    words.drawn(page);
    await started;
    return;
  }
  root.replaceChildren(quietView(page, settings));
  words.drawn(page);
}

/** The views that need nothing more than what is in the page. */
function quietView(page: Exclude<PageView, { view: 'event' }>, { zone }: Settings): HTMLElement {
  if (page.view === 'profile') {
    return profileView(page.host, page.events, (event) => {
      words.eventChosen(event);
      void go(event.path);
    });
  }
  if (page.view === 'booking') {
    return bookingView({
      booking: page.booking,
      cancelling: page.cancelling,
      zone,
      calls,
      words,
      onGo: (path) => void go(path),
      onCancelled: (booking) => {
        void draw({ view: 'booking', booking, cancelling: false }).then(focusHeading);
      },
    });
  }
  if (page.view === 'unavailable') return unavailableView(page, (path) => void go(path));
  return errorView(page);
}

words.begin();
look.read(settingsOf(view));
void draw(view).catch((cause: unknown) => {
  root.replaceChildren(el('p', { role: 'alert' }, [`This page could not be drawn: ${String(cause)}`]));
});
