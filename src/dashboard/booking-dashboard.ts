import { html, LitElement, nothing, type TemplateResult } from 'lit';
import './chart-panel.js';
import { chartPanel } from './chart-panel.js';
import { readFigures, SignedOut, type Figures, type View } from './figures.js';
import {
  cachePanel,
  failuresPanel,
  funnelPanel,
  loadsPanel,
  outcomesPanel,
  slowestPanel,
  timesPanel,
  TIMES,
  type Timed,
} from './panels.js';
import { standingPanels } from './standing.js';
import { count, pageName, percent, seconds } from './words.js';

const WINDOWS: Readonly<Record<string, string>> = {
  '1h': 'Last hour',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
};

/** How often to look, in milliseconds: a long window does not change much in a moment. */
const EVERY: Readonly<Record<string, number>> = { '1h': 10_000, '24h': 30_000, '7d': 60_000, '30d': 60_000 };

/** What the address of the dashboard says, so that a view can be kept as a bookmark. */
function viewIn(search: string): View {
  const query = new URLSearchParams(search);
  const window = query.get('window') ?? '';
  return {
    window: Object.hasOwn(WINDOWS, window) ? window : '24h',
    provider: query.get('provider') ?? '',
    page: query.get('page') ?? '',
  };
}

/** What visitors felt and how the companion stands; renewed while somebody looks. */
export class BookingDashboard extends LitElement {
  static override properties = {
    figures: { state: true },
    trouble: { state: true },
    view: { state: true },
    timed: { state: true },
  };
  declare figures: Figures | undefined;
  declare trouble: '' | 'signed-out' | 'unreachable';
  declare view: View;
  declare timed: Timed;
  /** Every provider and page that was seen: a filter does not take the others out of its list. */
  readonly #providers = new Set<string>();
  readonly #pages = new Set<string>();
  #asking: AbortController | undefined;
  #next: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.trouble = '';
    this.view = viewIn(location.search);
    this.timed = 'calendar-wait';
    for (const [name, known] of [
      ['provider', this.#providers],
      ['page', this.#pages],
    ] as const)
      if (this.view[name]) known.add(this.view[name]);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#seen);
    void this.#renew();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#seen);
    clearTimeout(this.#next);
    this.#asking?.abort();
  }

  readonly #seen = (): void => {
    if (!document.hidden) void this.#renew();
  };

  /** The latest question wins; nobody is asked while nobody looks. */
  async #renew(): Promise<void> {
    this.#asking?.abort();
    clearTimeout(this.#next);
    const asking = (this.#asking = new AbortController());
    try {
      const figures = await readFigures(this.view, asking.signal);
      if (asking.signal.aborted) return;
      for (const { name } of figures.summary.by.provider) this.#providers.add(name);
      for (const { name } of figures.summary.by.page) this.#pages.add(name);
      this.figures = figures;
      this.trouble = '';
    } catch (cause) {
      if (asking.signal.aborted) return;
      this.trouble = cause instanceof SignedOut ? 'signed-out' : 'unreachable';
    }
    if (!document.hidden && this.trouble !== 'signed-out')
      this.#next = setTimeout(() => void this.#renew(), EVERY[this.view.window] ?? 30_000);
  }

  #look(change: Partial<View>): void {
    this.view = { ...this.view, ...change };
    const query = new URLSearchParams(Object.entries(this.view).filter(([, value]) => value !== ''));
    history.replaceState(null, '', `?${query}`);
    void this.#renew();
  }

  protected override render(): TemplateResult {
    return html`<header>
        <h1>Bookings dashboard</h1>
        <form method="post" action="dashboard/sign-out"><button class="quiet">Sign out</button></form>
      </header>
      <main aria-busy=${this.figures ? 'false' : 'true'}>
        ${this.#controls()}${this.#trouble()}${this.#content()}
      </main>`;
  }

  #controls(): TemplateResult {
    const { window, provider, page } = this.view;
    const pages = [...this.#pages].sort();
    return html`<div class="controls" role="group" aria-label="What is shown">
      <fieldset>
        <legend class="unseen">Window</legend>
        ${Object.entries(WINDOWS).map(
          ([name, words]) =>
            html`<label class="choice"
              ><input
                type="radio"
                name="window"
                .checked=${name === window}
                @change=${() => this.#look({ window: name })}
              /><span>${words}</span></label
            >`,
        )}
      </fieldset>
      ${this.#filter(
        'Provider',
        'All providers',
        provider,
        [...this.#providers].sort(),
        (name) => name,
        (value) => this.#look({ provider: value }),
      )}
      ${this.#filter(
        'Page',
        'All pages',
        page,
        pages,
        (name) => pageName(name, pages),
        (value) => this.#look({ page: value }),
      )}
    </div>`;
  }

  #filter(
    label: string,
    all: string,
    chosen: string,
    names: readonly string[],
    shown: (name: string) => string,
    choose: (value: string) => void,
  ): TemplateResult {
    return html`<label class="filter"
      ><span>${label}</span>
      <select @change=${({ target }: Event) => choose((target as HTMLSelectElement).value)}>
        <option value="" .selected=${chosen === ''}>${all}</option>
        ${names.map((name) => html`<option value=${name} .selected=${name === chosen}>${shown(name)}</option>`)}
      </select></label
    >`;
  }

  #trouble(): TemplateResult | typeof nothing {
    if (this.trouble === '') return nothing;
    const since = this.figures
      ? ` These figures are of ${new Date(this.figures.status.at).toLocaleTimeString('en-GB')}.`
      : '';
    return this.trouble === 'signed-out'
      ? html`<p class="problem" role="alert">
          You are signed out. <a href="dashboard">Sign in again</a>.${since}
        </p>`
      : html`<p class="problem" role="alert">
          The companion does not answer; it is asked again by itself.${since}
          <button @click=${() => void this.#renew()}>Try now</button>
        </p>`;
  }

  #content(): TemplateResult {
    const { figures } = this;
    if (!figures) return this.trouble ? html`` : html`<p class="waiting" role="status">Reading figures …</p>`;
    const { summary } = figures;
    const { window, provider, page } = this.view;
    const isFiltered = provider !== '' || page !== '';
    return html`<p class="hint when" role="status">
        ${WINDOWS[window]}, as of ${new Date(figures.status.at).toLocaleTimeString('en-GB')}
      </p>
      ${
        summary.count === 0
          ? html`<section class="panel empty">
              <h2>No loads ${isFiltered ? 'with these filters' : 'yet'}</h2>
              <p>
                ${
                  isFiltered
                    ? 'Choose another window, provider or page.'
                    : html`Widgets report here when they name this companion:
                        <code
                          >&lt;booking-widget src="…"
                          companion="${new URL('.', location.href).href.replace(/\/$/, '')}"&gt;</code
                        >`
                }
              </p>
            </section>`
          : this.#charts(figures)
      }
      <div class="panels small">${standingPanels(figures)}</div>`;
  }

  #charts({ summary }: Figures): TemplateResult {
    const { count: all, errors, cacheShare, measures, funnel } = summary;
    const tiles: readonly (readonly [string, string, string])[] = [
      ['Loads', count(all), summary.reported < all ? `from ${count(summary.reported)} reports` : ''],
      ['Wait for the calendar', seconds(measures['calendar-wait']?.p75), 'three quarters within'],
      ['Failed', percent(errors / all), `${count(errors)} loads`],
      ['Times from the cache', percent(cacheShare), ''],
      [
        'Booked',
        count(funnel.booked),
        funnel.seen > 0 ? `${percent(funnel.booked / funnel.seen)} of those who saw` : '',
      ],
    ];
    return html`<dl class="tiles">
        ${tiles.map(
          ([name, value, more]) =>
            html`<div class="panel">
              <dt>${name}</dt>
              <dd>${value}${more ? html`<span class="hint">${more}</span>` : nothing}</dd>
            </div>`,
        )}
      </dl>
      <div class="panels">
        <div class="wide">
          <label class="filter measure"
            ><span>Over time</span>
            <select
              @change=${({ target }: Event) => (this.timed = (target as HTMLSelectElement).value as Timed)}
            >
              ${Object.entries(TIMES).map(([name, words]) => html`<option value=${name} .selected=${name === this.timed}>${words}</option>`)}
            </select></label
          >
          ${chartPanel(timesPanel(summary, this.timed))}
        </div>
        ${[loadsPanel, cachePanel, funnelPanel, outcomesPanel, slowestPanel, failuresPanel].map((panel) => chartPanel(panel(summary)))}
      </div>`;
  }
}

customElements.define('booking-dashboard', BookingDashboard);
