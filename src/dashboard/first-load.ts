import { css, html, LitElement, type TemplateResult } from 'lit';
import { shared } from './shared.styles.js';

/** The script and the tag that report to a companion. @param companion its address, without a slash at the end */
export const snippetFor = (companion: string): string =>
  `<script async src="${companion}/booking-widget.js"></script>
<booking-widget src="https://cal.com/you/30min" companion="${companion}">
  <a href="https://cal.com/you/30min">Book a time</a>
</booking-widget>`;

/** Shown until the first load is reported: what to paste. */
export class FirstLoadElement extends LitElement {
  static override properties = { companion: {} };
  declare companion: string;

  protected override render(): TemplateResult {
    const snippet = snippetFor(this.companion);
    return html`<section class="panel" aria-labelledby="heading">
      <p class="waiting" role="status">
        <span class="dot" aria-hidden="true"></span>Waiting for the first load
      </p>
      <h2 id="heading">Put the widget on a page</h2>
      <p>
        Paste this where people should book, with the address of your own scheduling page. Figures appear here
        by themselves as soon as somebody opens that page.
      </p>
      <div class="snippet">
        <pre tabindex="0" role="region" aria-label="Snippet"><code>${snippet}</code></pre>
        <copy-button .text=${snippet}></copy-button>
      </div>
      <p class="hint">
        Already pasted? Open the page once. Visitors with Do Not Track or Global Privacy Control are not
        counted.
      </p>
    </section>`;
  }

  static override styles = [
    shared,
    css`
      .panel {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 0.75rem;
        padding: clamp(1rem, 4vw, 2.5rem);
      }

      h2 {
        font-size: 1.375rem;
      }

      .waiting {
        display: flex;
        gap: 0.5rem;
        align-items: center;
        color: var(--quiet);
        font-size: 0.9375rem;
      }

      .dot {
        width: 0.625rem;
        height: 0.625rem;
        border-radius: 50%;
        background: var(--accent);
      }

      @media (prefers-reduced-motion: no-preference) {
        .dot {
          animation: pulse 1.6s ease-in-out infinite;
        }
      }

      @keyframes pulse {
        50% {
          opacity: 0.25;
        }
      }

      .snippet {
        display: flex;
        flex-wrap: wrap;
        gap: 0.75rem;
        align-items: start;
      }

      pre {
        flex: 1 1 20rem;
        min-width: 0;
        max-width: 100%;
        margin: 0;
        padding: 0.75rem 1rem;
        overflow-x: auto;
        border: 1px solid var(--line);
        border-radius: 0.5rem;
        background: var(--ground);
        font-size: 0.875rem;
      }
    `,
  ];
}
