import { LRUCache } from 'lru-cache';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { HOUR_MS } from '../../scheduling/durations.js';
import type { LoadReport } from '../../protocol/load-report.js';
import { LIMITS, OTHER } from './limits.js';
import { isKnownProvider } from './names.js';
import { pageOf } from './report-rows.js';

/** Clients whose names are remembered; the one that was silent for longest is forgotten first. */
const MAX_CLIENTS = 10_000;

interface Names {
  readonly pages: Set<string>;
  readonly providers: Set<string>;
  readonly calendars: Set<string>;
}

/** A name within a client's share, or "other". */
function within(known: Set<string>, name: string, max: number): string {
  if (known.has(name)) return name;
  if (known.size >= max) return OTHER;
  known.add(name);
  return name;
}

/** Counts what each client reports, in this process. Clients are named by their address, which is kept nowhere else. */
export class ClientLimits {
  readonly #reports = new RateLimiterMemory({ points: LIMITS.reportsPerMinute, duration: 60 });
  readonly #rows = new RateLimiterMemory({ points: LIMITS.rowsPerClientHour, duration: HOUR_MS / 1000 });
  readonly #names = new LRUCache<string, Names>({ max: MAX_CLIENTS, ttl: HOUR_MS });

  /** The report as it may be stored; undefined where the client has sent too much. */
  async admit<Report extends LoadReport>(client: string, report: Report): Promise<Report | undefined> {
    const widgets = report.widgets.slice(0, LIMITS.widgets);
    try {
      await this.#reports.consume(client);
      await this.#rows.consume(client, Math.max(1, widgets.length));
    } catch (refused) {
      if (refused instanceof Error) throw refused;
      return undefined;
    }
    const names = this.#names.get(client) ?? {
      pages: new Set(),
      providers: new Set(),
      calendars: new Set(),
    };
    if (!this.#names.has(client)) this.#names.set(client, names);
    return {
      ...report,
      page: within(names.pages, pageOf(report.page), LIMITS.pagesPerClient),
      widgets: widgets.map((widget) => ({
        ...widget,
        ...(widget.calendar !== undefined && {
          calendar: within(names.calendars, pageOf(widget.calendar), LIMITS.calendarsPerClient),
        }),
        provider: isKnownProvider(widget.provider)
          ? widget.provider
          : within(names.providers, widget.provider, LIMITS.providersPerClient),
      })),
    };
  }
}
