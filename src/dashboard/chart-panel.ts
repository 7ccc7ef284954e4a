import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
  type ChartConfiguration,
} from 'chart.js';
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/** One line or one set of bars. */
export interface Track {
  readonly name: string;
  /** null where nothing is known. */
  readonly values: readonly (number | null)[];
  /** A custom property of the style sheet that holds its colour. */
  readonly color: string;
  /** Lines are told apart by more than their colour. */
  readonly dash?: readonly number[];
}

/** What a panel shows, as a chart and as a table. */
export interface Panel {
  readonly heading: string;
  /** One sentence that says what matters, for whoever does not see the chart. */
  readonly summary: string;
  readonly kind: 'line' | 'bar' | 'rows';
  /** Bars stand on each other. */
  readonly stacked?: boolean;
  /** Moments, pages, codes: what each value belongs to. */
  readonly labels: readonly string[];
  /** What labels are, as the table's first heading. */
  readonly labelled: string;
  readonly tracks: readonly Track[];
  readonly shown: (value: number) => string;
  /** The axis ends here, where that is known. */
  readonly most?: number;
  /** Instead of a chart without anything in it. */
  readonly empty: string;
}

/** Pixels that a bar of a list takes, its gap included, and what the axis needs. */
const ROW = 34;
const AXIS = 40;

/** A figure with a chart, and a table of the same for whoever reads better than sees. */
export class ChartPanel extends LitElement {
  static override properties = { panel: { attribute: false } };
  declare panel: Panel;
  #chart: Chart | undefined;
  readonly #dark = matchMedia('(prefers-color-scheme: dark)');
  readonly #redraw = (): void => this.#draw();

  /** The page's style sheet is the only one. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#dark.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dark.removeEventListener('change', this.#redraw);
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  #isEmpty(): boolean {
    return this.panel.tracks.every(({ values }) => values.every((value) => value === null || value === 0));
  }

  protected override render(): TemplateResult {
    const { heading, summary, empty } = this.panel;
    if (this.#isEmpty())
      return html`<figure class="panel">
        <figcaption><h2>${heading}</h2></figcaption>
        <p class="nothing">${empty}</p>
      </figure>`;
    return html`<figure class="panel">
      <figcaption>
        <h2>${heading}</h2>
        <p class="hint">${summary}</p>
      </figcaption>
      <div class="plot"><canvas role="img" aria-label="${heading}. ${summary}"></canvas></div>
      <details>
        <summary>As a table<span class="unseen">: ${heading}</span></summary>
        ${this.#table()}
      </details>
    </figure>`;
  }

  #table(): TemplateResult {
    const { labels, labelled, tracks, shown, heading } = this.panel;
    return html`<div class="scrolls" tabindex="0" role="region" aria-label="${heading}, table">
      <table>
        <thead>
          <tr>
            <th scope="col">${labelled}</th>
            ${tracks.map(({ name }) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${labels.map(
            (label, i) =>
              html`<tr>
                <th scope="row">${label}</th>
                ${tracks.map(({ values }) => {
                  const value = values[i] ?? null;
                  return html`<td>${value === null ? '–' : shown(value)}</td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('panel')) this.#draw();
  }

  #draw(): void {
    const canvas = this.querySelector('canvas');
    if (!canvas) {
      this.#chart?.destroy();
      this.#chart = undefined;
      return;
    }
    const { kind, labels } = this.panel;
    const plot = canvas.parentElement;
    if (plot && kind === 'rows') plot.style.height = `${labels.length * ROW + AXIS}px`;
    const config = this.#config();
    if (this.#chart?.canvas === canvas) {
      this.#chart.data = config.data;
      this.#chart.options = config.options ?? {};
      this.#chart.update();
      return;
    }
    this.#chart?.destroy();
    this.#chart = new Chart(canvas, config);
  }

  #config(): ChartConfiguration {
    const { kind, labels, tracks, shown, stacked = false, most } = this.panel;
    const style = getComputedStyle(this);
    const color = (name: string): string => style.getPropertyValue(name).trim();
    const isRows = kind === 'rows';
    const values = {
      stacked,
      beginAtZero: true,
      ...(most !== undefined && { max: most }),
      border: { display: false },
      grid: { color: color('--line') },
      ticks: {
        color: color('--quiet'),
        maxTicksLimit: 5,
        callback: (value: string | number) => shown(Number(value)),
      },
    };
    const names = {
      stacked,
      grid: { display: false },
      border: { color: color('--line') },
      ticks: {
        color: color('--quiet'),
        maxRotation: 0,
        autoSkipPadding: 16,
        callback: (_: string | number, i: number) =>
          shortened(labels[i] ?? '', isRows ? this.clientWidth / 18 : 40),
      },
    };
    return {
      type: kind === 'line' ? 'line' : 'bar',
      data: {
        labels: [...labels],
        datasets: tracks.map(({ name, values: data, color: paint, dash = [] }) => ({
          label: name,
          data: [...data],
          borderColor: color(paint),
          backgroundColor: kind === 'line' ? 'transparent' : color(paint),
          borderDash: [...dash],
          borderWidth: kind === 'line' ? 2 : 0,
          borderRadius: kind === 'line' ? 0 : 3,
          maxBarThickness: isRows ? 20 : 40,
          pointRadius: data.filter((value) => value !== null).length > 1 ? 0 : 3,
          pointHitRadius: 12,
          spanGaps: true,
        })),
      },
      options: {
        indexAxis: isRows ? 'y' : 'x',
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        interaction: { mode: 'index', intersect: false, axis: isRows ? 'y' : 'x' },
        scales: isRows ? { x: values, y: names } : { x: names, y: values },
        plugins: {
          legend: {
            display: tracks.length > 1,
            align: 'start',
            labels: { color: color('--ink'), boxWidth: 24, boxHeight: kind === 'line' ? 1 : 10 },
          },
          tooltip: {
            callbacks: {
              label: ({ dataset, parsed }) =>
                ` ${dataset.label ?? ''}: ${shown((isRows ? parsed.x : parsed.y) ?? 0)}`,
            },
          },
        },
      },
    };
  }
}

/** The end of an address says more than its beginning; of words it is the other way round. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = Math.floor(most) - 1;
  return text.includes('/') ? `…${text.slice(-kept)}` : `${text.slice(0, kept)}…`;
}

customElements.define('chart-panel', ChartPanel);

export const chartPanel = (panel: Panel): TemplateResult => html`<chart-panel .panel=${panel}></chart-panel>`;
