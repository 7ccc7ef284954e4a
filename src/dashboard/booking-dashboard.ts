import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { dashboardStyles } from './booking-dashboard.styles.js';
import { figuresReader, SignedOut, type Figures } from './figures.js';
import { createFormat, type Format } from './format.js';
import { keyFigureChart, keyFigures, seriesFormat, type KeyFigureId } from './key-figures-model.js';
import type { FigureChosenEvent } from './key-figures.js';
import {
  failuresList,
  funnelList,
  browsersList,
  calendarsList,
  devicesList,
  outcomesList,
  providersList,
  slowestPages,
  topPages,
} from './list-models.js';
import { cacheChart, DURATIONS, loadTimeChart, type DurationId } from './load-time-model.js';
import { isSample } from './names.js';
import { PollingController } from './polling-controller.js';
import { shared } from './shared.styles.js';
import type { ViewChangeEvent } from './view-filters.js';
import { PERIODS, queryOf, viewOf, type View } from './view.js';

/** The owner's page: bookings, what visitors experienced, and how the companion is. */
export class BookingDashboardElement extends LitElement {
  static override properties = {
    view: { state: true },
    chosen: { state: true },
    duration: { state: true },
  };
  declare view: View;
  declare chosen: KeyFigureId;
  declare duration: DurationId;
  /** Every provider and page that was ever in the figures: a filter keeps the others in its list. */
  readonly #providers = new Set<string>();
  readonly #pages = new Set<string>();
  readonly #format: Format;
  readonly #utc: Format;
  readonly #polling: PollingController<Figures>;
  #hasScrolled = false;

  constructor() {
    super();
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    this.#format = createFormat(navigator.languages, timeZone);
    this.#utc = createFormat(navigator.languages, 'UTC');
    this.view = viewOf(location.search);
    this.chosen = 'bookings';
    this.duration = 'calendar-wait';
    if (this.view.provider) this.#providers.add(this.view.provider);
    if (this.view.page) this.#pages.add(this.view.page);
    const read = figuresReader(timeZone);
    this.#polling = new PollingController(this, {
      read: (signal) => read(this.view, signal),
      interval: () => PERIODS[this.view.window].interval,
      isFinal: (cause) => cause instanceof SignedOut,
    });
  }

  protected override willUpdate(): void {
    const { by } = this.#polling.value?.summary ?? {};
    for (const { name } of by?.provider ?? []) this.#providers.add(name);
    for (const { name } of by?.page ?? []) this.#pages.add(name);
  }

  /** Scrolls to the panel that the address names, once it is there: notices of alerts link to panels. */
  protected override updated(): void {
    if (this.#hasScrolled || !this.#polling.value) return;
    this.#hasScrolled = true;
    const id = location.hash.slice(1);
    // By the next frame the panels have their heights.
    if (id)
      requestAnimationFrame(() => this.renderRoot.querySelector(`#${CSS.escape(id)}`)?.scrollIntoView());
  }

  #show(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    history.replaceState(null, '', `?${queryOf(this.view)}`);
    this.#polling.refresh();
  }

  protected override render(): TemplateResult {
    const figures = this.#polling.value;
    const isCurrent = figures?.view === this.view;
    return html`<header>
        <h1>Bookings dashboard</h1>
        <form method="post" action="dashboard/sign-out"><button>Sign out</button></form>
      </header>
      <main aria-busy=${isCurrent ? 'false' : 'true'}>
        <div class="controls">
          <view-filters
            .view=${this.view}
            .pages=${[...this.#pages].sort()}
            .providers=${[...this.#providers].sort()}
            @view-change=${({ change }: ViewChangeEvent) => this.#show(change)}
          ></view-filters>
          ${figures ? this.#asOf(figures) : nothing}
        </div>
        ${this.#failure(figures)}
        ${figures ? this.#content(figures) : this.#polling.failure ? nothing : html`<p role="status">Loading …</p>`}
      </main>`;
  }

  #asOf({ status: { at }, summary }: Figures): TemplateResult {
    const zone = this.#format.zoneName(Date.parse(at));
    const days = seriesFormat(summary, this.#format, this.#utc).zoneName(Date.parse(at));
    return html`<p class="hint as-of">
      Updated <time datetime=${at}>${this.#format.clock(at)}</time> · Times in
      ${zone}${days === zone ? '' : `, days in ${days}`}
    </p>`;
  }

  #failure(figures: Figures | undefined): TemplateResult | typeof nothing {
    const { failure } = this.#polling;
    if (failure === undefined) return nothing;
    const since = figures ? ` The figures are from ${this.#format.clock(figures.status.at)}.` : '';
    return failure instanceof SignedOut
      ? html`<p class="panel failure" role="alert">
          You are signed out.${since} <a href="?${queryOf(this.view)}">Sign in again</a>
        </p>`
      : html`<p class="panel failure" role="alert">
          The companion does not respond. Trying again by itself.${since}
          <button @click=${() => this.#polling.refresh()}>Try now</button>
        </p>`;
  }

  #content(figures: Figures): TemplateResult {
    const { summary } = figures;
    return html`${
        summary.by.page.some(({ name }) => isSample(name))
          ? html`<p class="panel sample">
              <strong>Sample data.</strong> Pages of sample-data.example do not exist: their visitors and
              bookings are made up, so that there is something to see.
            </p>`
          : nothing
      }
      ${summary.count > 0 ? this.#charts(figures) : this.#empty(figures)}
      <bookings-panel
        id="bookings"
        .figures=${figures}
        .format=${this.#format}
        .utc=${this.#utc}
      ></bookings-panel>
      <companion-health
        id="companion"
        .figures=${figures}
        .format=${this.#format}
        @sync-started=${() => this.#polling.refresh()}
      ></companion-health>`;
  }

  #empty({ view, hasLoads }: Figures): TemplateResult {
    if (!hasLoads)
      return html`<first-load
        .companion=${new URL('.', location.href).href.replace(/\/$/, '')}
      ></first-load>`;
    const isFiltered = view.page !== '' || view.provider !== '';
    return html`<section class="panel empty">
      <h2>No loads in the ${PERIODS[view.window].last}${isFiltered ? ' with these filters' : ''}</h2>
      <button @click=${() => this.#show({ window: '30d', page: '', provider: '' })}>
        Show everything of the last 30 days
      </button>
    </section>`;
  }

  #charts(figures: Figures): TemplateResult {
    const { summary } = figures;
    const [format, utc] = [this.#format, this.#utc];
    const list = (model: typeof funnelList): TemplateResult =>
      html`<bar-list .model=${model(summary, format)}></bar-list>`;
    return html`<div class="panel main">
        <key-figures
          .figures=${keyFigures(figures, format)}
          .chosen=${this.chosen}
          @figure-chosen=${({ figure }: FigureChosenEvent) => (this.chosen = figure)}
        ></key-figures>
        <chart-figure bare .model=${keyFigureChart(figures, this.chosen, format, utc)}></chart-figure>
      </div>
      <div class="columns">
        ${list(funnelList)} ${list(providersList)}
        <chart-figure .model=${loadTimeChart(summary, this.duration, format, utc)}>
          ${this.#durations()}
        </chart-figure>
        <chart-figure .model=${cacheChart(summary, format, utc)}></chart-figure>
        ${list(topPages)} ${list(calendarsList)} ${list(slowestPages)} ${list(outcomesList)}
        ${list(browsersList)} ${list(devicesList)}
        <bar-list id="failures" .model=${failuresList(summary, format)}></bar-list>
      </div>`;
  }

  #durations(): TemplateResult {
    return html`<select
      slot="options"
      aria-label="What is timed"
      @change=${({ target }: Event) => (this.duration = (target as HTMLSelectElement).value as DurationId)}
    >
      ${Object.entries(DURATIONS).map(
        ([id, name]) => html`<option value=${id} .selected=${id === this.duration}>${name}</option>`,
      )}
    </select>`;
  }

  static override styles = [shared, dashboardStyles];
}
