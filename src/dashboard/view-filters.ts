import { css, html, LitElement, type TemplateResult } from 'lit';
import { pageName, providerName } from './names.js';
import { shared } from './shared.styles.js';
import { PERIODS, type Period, type View } from './view.js';

/** The owner wants to see something else. */
export class ViewChangeEvent extends Event {
  constructor(readonly change: Partial<View>) {
    super('view-change');
  }
}

/** Characters of a page in the list: a list is as wide as its longest line. */
const MAX_NAME = 48;

const shortened = (text: string): string =>
  text.length > MAX_NAME ? `${text.slice(0, MAX_NAME - 1)}…` : text;

/** Period, page and provider. */
export class ViewFiltersElement extends LitElement {
  static override properties = {
    view: { attribute: false },
    pages: { attribute: false },
    providers: { attribute: false },
  };
  declare view: View;
  declare pages: readonly string[];
  declare providers: readonly string[];

  protected override render(): TemplateResult {
    const { window, page, provider } = this.view;
    return html`<div class="filters" role="group" aria-label="What is shown">
      <fieldset>
        <legend class="visually-hidden">Period</legend>
        ${Object.entries(PERIODS).map(
          ([name, { label, last }]) =>
            html`<label
              ><input
                type="radio"
                name="window"
                aria-label="The ${last}"
                .checked=${name === window}
                @change=${() => this.#change({ window: name as Period })}
              /><span aria-hidden="true">${label}</span></label
            >`,
        )}
      </fieldset>
      ${this.#select('Page', 'All pages', page, this.pages, (name) => pageName(name, this.pages), 'page')}
      ${this.#select('Service', 'All services', provider, this.providers, providerName, 'provider')}
    </div>`;
  }

  #select(
    label: string,
    all: string,
    chosen: string,
    values: readonly string[],
    nameOf: (value: string) => string,
    field: 'page' | 'provider',
  ): TemplateResult {
    return html`<select
      aria-label=${label}
      title=${chosen ? nameOf(chosen) : all}
      @change=${({ target }: Event) => this.#change({ [field]: (target as HTMLSelectElement).value })}
    >
      <option value="" .selected=${chosen === ''}>${all}</option>
      ${values.map(
        (value) =>
          html`<option value=${value} .selected=${value === chosen}>${shortened(nameOf(value))}</option>`,
      )}
    </select>`;
  }

  #change(change: Partial<View>): void {
    this.dispatchEvent(new ViewChangeEvent(change));
  }

  static override styles = [
    shared,
    css`
      .filters {
        display: flex;
        flex-wrap: wrap;
        gap: 0.5rem;
      }

      fieldset {
        display: flex;
        min-width: 0;
        margin: 0;
        padding: 0.1875rem;
        border: 1px solid var(--line);
        border-radius: 0.5rem;
        background: var(--surface);
      }

      label {
        position: relative;
        display: flex;
        flex: 1 1 auto;
        align-items: center;
        justify-content: center;
        min-height: 2rem;
        padding: 0 0.625rem;
        border-radius: 0.3125rem;
        color: var(--quiet);
        font-size: 0.9375rem;
        white-space: nowrap;
      }

      label:hover {
        color: var(--accent);
      }

      label:has(:checked) {
        background: var(--accent);
        color: var(--on-accent);
        font-weight: 600;
      }

      label:has(:focus-visible) {
        outline: 2px solid var(--accent);
        outline-offset: 2px;
      }

      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }

      select {
        flex: 0 1 auto;
        min-width: 0;
        max-width: 16rem;
        text-overflow: ellipsis;
      }

      @media (max-width: 40rem) {
        fieldset,
        select {
          flex: 1 1 8rem;
        }

        fieldset {
          flex-basis: 100%;
        }

        select {
          max-width: none;
        }
      }

      @media (forced-colors: active) {
        label:has(:checked) {
          background: Highlight;
          color: HighlightText;
          forced-color-adjust: none;
        }
      }
    `,
  ];
}
