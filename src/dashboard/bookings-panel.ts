import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import {
  bookedPagesList,
  bookingsChart,
  eventTypesList,
  hasBookings,
  sourcesText,
} from './bookings-model.js';
import type { Figures } from './figures.js';
import type { Format } from './format.js';
import { shared } from './shared.styles.js';

/** What became of bookings: by day, by event type and by page, as deliveries and synchronisations have shown them. */
export class BookingsPanelElement extends LitElement {
  static override properties = {
    figures: { attribute: false },
    format: { attribute: false },
    utc: { attribute: false },
  };
  declare figures: Figures;
  declare format: Format;
  declare utc: Format;

  protected override render(): TemplateResult | typeof nothing {
    const { bookings, summary, view } = this.figures;
    if (!bookings) return nothing;
    const chart = bookingsChart(bookings, this.format, this.utc);
    return html`<section class="panel" aria-labelledby="heading">
        <h2 id="heading">Bookings</h2>
        <p class="hint">
          ${
            hasBookings(bookings)
              ? `${chart.sentence} ${sourcesText(bookings, this.format)}`
              : 'Bookings appear here when webhooks deliver them, or when they are synchronised.'
          }
          ${view.page ? 'Of all pages: a service does not say on which page somebody booked.' : ''}
        </p>
        <chart-figure bare .model=${chart}></chart-figure>
      </section>
      <div class="columns">
        <bar-list .model=${eventTypesList(bookings, this.format)}></bar-list>
        <bar-list .model=${bookedPagesList(summary, this.format)}></bar-list>
      </div>`;
  }

  static override styles = [
    shared,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1rem;
      }

      chart-figure {
        --plot-height: 14rem;

        margin-top: 0.75rem;
      }

      .columns {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr));
        gap: 1rem;
      }
    `,
  ];
}
