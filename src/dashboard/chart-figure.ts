import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { html, LitElement, svg, type PropertyValues, type TemplateResult } from 'lit';
import { chartConfig } from './chart-config.js';
import { chartFigureStyles } from './chart-figure.styles.js';
import { hasValues, type ChartModel, type Series } from './chart-model.js';
import { shared } from './shared.styles.js';

Chart.register(
  BarController,
  BarElement,
  CategoryScale,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

/** Settings of the visitor's system that change colours. */
const COLOR_QUERIES = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

/**
 * A chart over time, with its result as a sentence and its values as a table.
 *
 * @slot options - controls that change what is drawn
 */
export class ChartFigureElement extends LitElement {
  static override properties = {
    model: { attribute: false },
    bare: { type: Boolean, reflect: true },
  };
  declare model: ChartModel;
  /** Without a frame and a visible heading: part of another panel. */
  declare bare: boolean;
  #chart: Chart<'line' | 'bar', (number | null)[]> | undefined;
  readonly #queries = COLOR_QUERIES.map((query) => matchMedia(query));
  readonly #colorsChanged = (): void => this.#renderChart();

  constructor() {
    super();
    this.bare = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const query of this.#queries) query.addEventListener('change', this.#colorsChanged);
    if (this.hasUpdated) this.requestUpdate('model');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const query of this.#queries) query.removeEventListener('change', this.#colorsChanged);
    this.#destroyChart();
  }

  protected override render(): TemplateResult {
    const { heading, sentence, empty } = this.model;
    return html`<figure class=${this.bare ? '' : 'panel'}>
      <figcaption>
        <div class="heading">
          <h2 class=${this.bare ? 'visually-hidden' : ''}>${heading}</h2>
          <slot name="options"></slot>
        </div>
        ${sentence && !this.bare ? html`<p class="sentence">${sentence}</p>` : ''}
      </figcaption>
      ${
        hasValues(this.model)
          ? html`${this.#legend()}
              <div class="plot"><canvas role="img" aria-label="${heading}. ${sentence}"></canvas></div>
              <details>
                <summary>Data table<span class="visually-hidden">: ${heading}</span></summary>
                ${this.#table()}
              </details>`
          : html`<p class="nothing">${empty}</p>`
      }
    </figure>`;
  }

  #legend(): TemplateResult | string {
    const { series } = this.model;
    if (series.length < 2) return '';
    return html`<ul class="legend" aria-hidden="true">
      ${series.map((one) => html`<li>${swatch(one)}${one.name}</li>`)}
    </ul>`;
  }

  #table(): TemplateResult {
    const { steps, series, format, heading } = this.model;
    return html`<div class="scroller" tabindex="0" role="region" aria-label="${heading}, data table">
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            ${series.map(({ name }) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${steps.map(
            (step, i) =>
              html`<tr>
                <th scope="row">${step}</th>
                ${series.map(({ values }) => {
                  const value = values[i] ?? null;
                  return html`<td>${value === null ? '–' : format(value)}</td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('model')) this.#renderChart();
  }

  #renderChart(): void {
    const canvas = this.renderRoot.querySelector('canvas');
    if (!canvas || !this.isConnected) {
      this.#destroyChart();
      return;
    }
    const style = getComputedStyle(this);
    const config = chartConfig(this.model, (property) => style.getPropertyValue(property).trim());
    if (this.#chart?.canvas !== canvas) {
      this.#destroyChart();
      this.#chart = new Chart(canvas, config);
      return;
    }
    this.#chart.data = config.data;
    this.#chart.options = config.options ?? {};
    this.#chart.update();
  }

  #destroyChart(): void {
    this.#chart?.destroy();
    this.#chart = undefined;
  }

  static override styles = [shared, chartFigureStyles];
}

/** How a series looks in the chart. */
function swatch({ kind, color, dash = [] }: Series): TemplateResult {
  const paint = `var(${color})`;
  return html`<svg width="22" height="10" viewBox="0 0 22 10">
    ${
      kind === 'bar'
        ? svg`<rect x="6" width="10" height="10" rx="2" fill=${paint}></rect>`
        : svg`<path d="M0 5h22" stroke=${paint} stroke-width="2" stroke-dasharray=${dash.join(' ')}></path>`
    }
  </svg>`;
}
