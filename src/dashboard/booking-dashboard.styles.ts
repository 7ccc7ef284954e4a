import { css } from 'lit';

/** The layout of the page. */
export const dashboardStyles = css`
  :host {
    max-width: 76rem;
    margin: 0 auto;
  }

  header {
    display: flex;
    gap: 0.5rem 1rem;
    align-items: center;
    justify-content: space-between;
    padding: 1rem 0 0.75rem;
  }

  h1 {
    font-size: clamp(1.125rem, 5vw, 1.375rem);
    letter-spacing: -0.01em;
  }

  header button {
    white-space: nowrap;
    background: none;
    color: var(--quiet);
    font-weight: 500;
  }

  main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }

  .controls {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    align-items: center;
    justify-content: space-between;
  }

  view-filters {
    flex: 0 1 auto;
  }

  .as-of {
    font-variant-numeric: tabular-nums;
  }

  .main {
    padding: 0;
  }

  .main key-figures {
    border-bottom: 1px solid var(--line);
  }

  .main chart-figure {
    --plot-height: 18rem;

    padding: 0.75rem 1rem 0.5rem;
  }

  .columns {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr));
    gap: 1rem;
  }

  /* Without a neighbour it takes the row: there are no holes. */
  .columns > :last-child:nth-child(odd) {
    grid-column: 1 / -1;
  }

  .failure {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
    height: auto;
    border-color: currentcolor;
    color: var(--bad);
  }

  .failure a {
    color: inherit;
  }

  .sample {
    border-style: dashed;
    border-color: var(--third);
  }

  .empty {
    display: grid;
    gap: 1rem;
    justify-items: center;
    padding: 3rem 1rem;
    text-align: center;
  }

  @media (max-width: 40rem) {
    view-filters {
      flex-basis: 100%;
    }
  }
`;
