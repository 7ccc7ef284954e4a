import type { Cdn } from '../../tools/cdn.js';
import type { ServiceAddresses } from '../helpers/service.js';
import { until as untilSo } from '../companion/until.js';
import type { FaultPage } from './fault-page.js';
import { LIMIT, type Cell } from './plan.js';
import { ask, block, BUTTON, FAILURE_TEXT, IS_DEFINED, RELOAD, SEEN, WITNESS, type Seen } from './witness.js';

/** The end of one widget. Times are milliseconds since the visitor or the page asked for the calendar. */
export interface Outcome {
  /** Code of the failure, or `ready`. After a failure that ended well both: `timeout, then ready`. */
  readonly outcome: string;
  readonly notice: number | null;
  readonly ended: number;
  /** What the visitor reads in the failure view. */
  readonly view: string;
  /** Whether a link to the scheduling page was there in every frame from the notice or the failure on. */
  readonly link: boolean;
  /** What "Try again" leads to once the fault is gone. `by itself`: nobody had to press it. */
  readonly retry: 'ready' | 'not offered' | 'by itself' | 'failed' | 'fault stays';
  /** Outcome and code of the load report, which has to say the same. */
  readonly report: string;
}

export interface Stage {
  openPage(): Promise<FaultPage>;
  readonly cdn: Cdn;
  /** Origin that serves the content network's pages by https; its certificate is signed by nobody. */
  readonly secureOrigin: string;
  readonly service: ServiceAddresses;
}

/** Guards against hanging only: a busy machine takes many times as long. */
const MAX_WAIT_MS = 30_000;
const REPORT_WAIT_MS = 5000;

const until = (page: FaultPage, expression: string, guard = MAX_WAIT_MS): Promise<void> =>
  untilSo(() => page.evaluate<boolean>(expression), guard).catch((cause: unknown) => {
    throw new Error(`never came: ${expression}`, { cause });
  });

/** As the loader's own words stand in for an element that never comes, both count as a failure. */
const ENDED = `${SEEN}.ready !== null || ${SEEN}.failed !== null`;
const READY = `${SEEN}.ready !== null`;

let cells = 0;

/** Opens a page with one widget, lets the fault happen, takes it back, and presses "Try again". */
export async function runCell({ openPage, cdn, secureOrigin, service }: Stage, cell: Cell): Promise<Outcome> {
  const { fault, mode, loading, moment } = cell;
  const name = `test-fault-${++cells}-${Date.now().toString(36)}`;
  const page = await openPage();
  const seen = (): Promise<Seen> => page.evaluate<Seen>(SEEN);

  const turn = async (knobs: Readonly<Record<string, unknown>>, on: boolean): Promise<void> => {
    const settings = Object.fromEntries(
      Object.entries(knobs).map(([knob, value]) => [knob, on ? value : null]),
    );
    await fetch(`${service.cal}/__control`, {
      method: 'POST',
      body: JSON.stringify({ match: name, knobs: settings }),
    });
  };
  const setFault = async (on: boolean): Promise<void> => {
    if (fault.knobs) await turn(fault.knobs, on);
    if (fault.blocker) await page.evaluate(block(on));
    const missing = fault.missing?.map((file) => ({ file, how: 'not-found' as const }));
    if (missing) cdn.set(name, { ...shelf, faults: on ? missing : [] });
    if (!fault.offline) return;
    if (page.pretendsOffline) {
      await turn({ refuse: true }, on);
      cdn.set(name, { ...shelf, faults: on ? [{ file: '', how: 'refuse' }] : [] });
    }
    await page.setOffline(on);
  };

  const origin = fault.mixed ? 'http://plain.example' : service.cal;
  const src = `${origin}/${name}/30min`;
  const shelf = {
    cors: true,
    page: {
      headers: { ...fault.headers },
      html: `<!doctype html><html lang="en"><title>A page</title><script>${WITNESS}</script>
        <booking-widget mode="${mode}" loading="${loading}" timeout="${LIMIT / 1000}" retries="${fault.recovers ? 3 : 0}" availability="off"
          provider="cal" api="${service.cal}" src="${src}" style="display:block;min-height:600px"><a href="${src}">Book a time</a></booking-widget>
        <script async src="booking-widget.js"></script>`,
    },
  };
  cdn.set(name, shelf);
  const opens = mode !== 'inline' || loading === 'interaction';
  const reload = async (): Promise<void> => {
    await page.evaluate(RELOAD);
    await page.evaluate(ask(opens));
  };

  try {
    const isFirst = moment === 'first load';
    // The page and our own files are there before the network or the frame goes.
    const isLater = !isFirst || !!fault.offline || !!fault.blocker;
    if (!isLater) await setFault(true);
    const host = fault.mixed ? secureOrigin : cdn.origin.replace('127.0.0.1', 'localhost');
    await page.open(`${host}/${name}/__page`);
    if (isLater) {
      if (isFirst) await until(page, IS_DEFINED);
      else {
        await page.evaluate(ask(opens));
        await until(page, READY);
      }
      await setFault(true);
      await reload();
    } else await page.evaluate(ask(opens));
    await until(page, ENDED);
    // The observers are loaded late, and offline only with the network; an element that never came reports nothing.
    const REPORTED = `${SEEN}.report !== '' || ${SEEN}.code === 'loader'`;
    if (!fault.offline) await until(page, REPORTED, REPORT_WAIT_MS).catch(() => undefined);
    const first = await seen();
    const view = (await page.evaluate<string>(FAILURE_TEXT)).replaceAll(/\s+/g, ' ').trim();
    let retry: Outcome['retry'] = 'not offered';
    if (first.ready !== null || fault.endsReady) {
      if (fault.recovers) await setFault(false);
      await until(page, READY);
      retry = 'by itself';
    } else {
      await setFault(false);
      if (fault.offline) await until(page, REPORTED, REPORT_WAIT_MS).catch(() => undefined);
      const isOffered = await page.evaluate<boolean>(`!!${BUTTON}?.checkVisibility()`);
      if (isOffered && (fault.headers ?? fault.mixed)) retry = 'fault stays';
      else if (isOffered) {
        await page.click(BUTTON);
        retry = await until(page, READY).then(
          () => 'ready' as const,
          () => 'failed' as const,
        );
      }
    }
    if (fault.recovers) await until(page, REPORTED, REPORT_WAIT_MS).catch(() => undefined);
    const { code, notice, gaps, report } = await seen();
    return {
      outcome: code && retry === 'by itself' ? `${code}, then ready` : code || 'ready',
      notice,
      ended: first.failed ?? first.ready ?? 0,
      view,
      link: gaps === 0,
      retry,
      report,
    };
  } finally {
    await page.close();
  }
}
