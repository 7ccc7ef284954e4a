import { css } from 'lit';

export const chartFigureStyles = css`
  .heading {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1rem;
    align-items: center;
    justify-content: space-between;
  }

  figure {
    display: flex;
    flex-direction: column;
    margin: 0;
  }

  .sentence {
    margin-top: 0.125rem;
    font-weight: 500;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125rem 1rem;
    margin: 0.5rem 0 0;
    padding: 0;
    color: var(--quiet);
    font-size: 0.8125rem;
    list-style: none;
  }

  .legend li {
    display: flex;
    gap: 0.375rem;
    align-items: center;
  }

  .plot {
    position: relative;
    flex: 1 0 auto;
    height: var(--plot-height, 15rem);
    margin-top: 0.5rem;
  }

  summary {
    width: fit-content;
    padding: 0.375rem 0;
    color: var(--quiet);
    font-size: 0.8125rem;
    cursor: pointer;
  }

  .scroller {
    max-height: 20rem;
    overflow: auto;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }

  th,
  td {
    padding: 0.25rem 0.5rem;
    border-bottom: 1px solid var(--line);
    text-align: right;
  }

  th:first-child {
    text-align: left;
  }

  tbody th {
    font-weight: 400;
  }
`;
