import { css } from 'lit';

/** What every component of the dashboard looks like. Colours are custom properties of the document. */
export const shared = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :host {
    display: block;
    min-width: 0;
  }

  h1,
  h2,
  h3,
  p {
    margin: 0;
  }

  h2 {
    font-size: 1rem;
    font-weight: 650;
  }

  h3 {
    font-size: 0.9375rem;
    font-weight: 600;
  }

  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }

  button,
  select {
    min-height: 2.5rem;
    padding: 0.25rem 0.75rem;
    border: 1px solid var(--line);
    border-radius: 0.5rem;
    background: var(--surface);
    color: inherit;
    font: inherit;
    font-size: 0.9375rem;
  }

  button {
    cursor: pointer;
    font-weight: 600;
  }

  button:hover,
  select:hover {
    border-color: var(--accent);
  }

  .panel {
    min-width: 0;
    height: 100%;
    margin: 0;
    padding: 1rem;
    border: 1px solid var(--line);
    border-radius: 0.75rem;
    background: var(--surface);
  }

  .hint {
    color: var(--quiet);
    font-size: 0.875rem;
  }

  .nothing {
    padding: 1.5rem 0;
    color: var(--quiet);
    text-align: center;
  }

  .good {
    color: var(--good);
  }

  .bad {
    color: var(--bad);
  }

  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
