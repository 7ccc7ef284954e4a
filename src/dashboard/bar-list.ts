import { css, html, LitElement, type TemplateResult } from 'lit';
import type { ListModel } from './chart-model.js';
import { shared } from './shared.styles.js';

/** A list of names with figures: a table with a bar behind each name. */
export class BarListElement extends LitElement {
  static override properties = { model: { attribute: false } };
  declare model: ListModel;

  protected override render(): TemplateResult {
    const { heading, sentence, rows, empty } = this.model;
    return html`<section class="panel" aria-labelledby="heading">
      <h2 id="heading">${heading}</h2>
      ${sentence ? html`<p class="sentence">${sentence}</p>` : ''}
      ${rows.length > 0 ? this.#table() : html`<p class="nothing">${empty}</p>`}
    </section>`;
  }

  #table(): TemplateResult {
    const { names, columns, rows, color } = this.model;
    return html`<table aria-labelledby="heading">
      <thead>
        <tr>
          <th scope="col">${names}</th>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ({ name, title, values, share }) =>
            html`<tr>
              <th scope="row" title=${title}>
                <svg aria-hidden="true" width="100%" height="100%">
                  <rect width="${(share * 100).toFixed(1)}%" height="100%" rx="4" fill="var(${color})"></rect>
                </svg>
                <span class="name">${name}</span>
              </th>
              ${values.map((value) => html`<td>${value}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  static override styles = [
    shared,
    css`
      .sentence {
        margin-top: 0.125rem;
        font-weight: 500;
      }

      table {
        width: 100%;
        margin-top: 0.5rem;
        border-collapse: separate;
        border-spacing: 0 0.25rem;
        font-size: 0.9375rem;
        font-variant-numeric: tabular-nums;
      }

      thead th {
        padding-bottom: 0;
        color: var(--quiet);
        font-size: 0.8125rem;
        font-weight: 500;
      }

      th,
      td {
        padding: 0.3125rem 0 0.3125rem 0.75rem;
        text-align: right;
        white-space: nowrap;
      }

      th:first-child {
        text-align: left;
      }

      thead th:first-child {
        padding-left: 0.5rem;
      }

      /* The name takes what the figures leave, however long it is. */
      tbody th {
        position: relative;
        width: 100%;
        max-width: 0;
        padding-left: 0.5rem;
        font-weight: 400;
      }

      .name {
        position: relative;
        display: block;
        white-space: normal;
        overflow-wrap: anywhere;
      }

      svg {
        position: absolute;
        inset: 0;
      }

      rect {
        opacity: var(--bar);
      }

      @media (forced-colors: active) {
        tbody th {
          padding-bottom: 0.625rem;
        }

        svg {
          top: auto;
          height: 0.25rem;
        }
      }
    `,
  ];
}
