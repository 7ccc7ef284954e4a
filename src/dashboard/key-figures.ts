import { css, html, LitElement, type TemplateResult } from 'lit';
import type { Change } from './change.js';
import type { KeyFigure, KeyFigureId } from './key-figures-model.js';
import { shared } from './shared.styles.js';

/** The owner has chosen the figure whose course the chart shows. */
export class FigureChosenEvent extends Event {
  constructor(readonly figure: KeyFigureId) {
    super('figure-chosen');
  }
}

const ARROWS: Readonly<Record<Change['direction'], string>> = { up: '▲', down: '▼', same: '' };
const SIGNS: Readonly<Record<Change['direction'], string>> = { up: 'up', down: 'down', same: '' };

/** The most important figures, each with its change; one of them is chosen for the chart. */
export class KeyFiguresElement extends LitElement {
  static override properties = { figures: { attribute: false }, chosen: {} };
  declare figures: readonly KeyFigure[];
  declare chosen: KeyFigureId;

  protected override render(): TemplateResult {
    return html`<div role="group" aria-label="Figure shown in the chart">
      ${this.figures.map((figure) => this.#tile(figure))}
    </div>`;
  }

  #tile({ id, name, value, lead, change, before }: KeyFigure): TemplateResult {
    return html`<button
      aria-pressed=${id === this.chosen ? 'true' : 'false'}
      data-figure=${id}
      @click=${() => this.dispatchEvent(new FigureChosenEvent(id))}
    >
      <span class="name">${name}</span>
      <span class="value">${lead ? html`<small>${lead} </small>` : ''}${value}</span>
      <span class="hint">
        ${
          change
            ? html`<span class=${change.verdict}>
                <span aria-hidden="true">${ARROWS[change.direction]}</span>
                <span class="visually-hidden">${SIGNS[change.direction]}</span> ${change.text}</span
              >`
            : ''
        }
        <span class="before">${before}</span>
      </span>
    </button>`;
  }

  static override styles = [
    shared,
    css`
      div {
        display: grid;
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }

      button {
        position: relative;
        display: flex;
        flex-direction: column;
        gap: 0.125rem;
        padding: 0.75rem 0.75rem 0.875rem;
        border: 0;
        border-radius: 0;
        background: none;
        font-weight: inherit;
        text-align: left;
      }

      button:first-child {
        grid-column: 1 / -1;
      }

      button::after {
        position: absolute;
        right: 0.75rem;
        bottom: 0;
        left: 0.75rem;
        height: 3px;
        border-radius: 3px;
        content: '';
      }

      button:hover .name {
        color: var(--accent);
      }

      [aria-pressed='true'] .name {
        color: var(--accent);
        font-weight: 650;
      }

      [aria-pressed='true']::after {
        background: var(--accent);
      }

      .name {
        font-size: 0.875rem;
        font-weight: 550;
      }

      .value {
        font-size: 1.5rem;
        font-weight: 700;
        font-variant-numeric: tabular-nums;
        line-height: 1.25;
        letter-spacing: -0.01em;
      }

      small {
        color: var(--quiet);
        font-size: 0.8125rem;
        font-weight: 500;
        letter-spacing: 0;
      }

      button:first-child .value {
        font-size: 2rem;
      }

      .hint {
        font-size: 0.8125rem;
      }

      .better,
      .worse,
      .same {
        font-weight: 600;
      }

      .better {
        color: var(--good);
      }

      .worse {
        color: var(--bad);
      }

      .before {
        display: block;
      }

      @media (min-width: 56rem) {
        div {
          grid-template-columns: 1.25fr repeat(4, minmax(0, 1fr));
        }

        button:first-child {
          grid-column: auto;
        }

        .value,
        button:first-child .value {
          display: flex;
          align-items: baseline;
          gap: 0.375rem;
          min-height: 2.5rem;
        }
      }

      @media (forced-colors: active) {
        [aria-pressed='true']::after {
          background: Highlight;
        }
      }
    `,
  ];
}
