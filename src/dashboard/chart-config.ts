import type { ChartConfiguration, ChartDataset } from 'chart.js';
import type { ChartModel, Series } from './chart-model.js';

/** Reads a custom property of the style sheet. */
export type ColorOf = (property: string) => string;

/** More points than these would hide their line. */
const MAX_POINTS = 32;

function dataset(
  { name, values, color, kind, dash = [] }: Series,
  colorOf: ColorOf,
): ChartDataset<'line' | 'bar', (number | null)[]> {
  const paint = colorOf(color);
  const known = values.filter((value) => value !== null).length;
  const shared = { label: name, data: [...values] };
  return kind === 'bar'
    ? { ...shared, type: 'bar', backgroundColor: paint, borderRadius: 3, maxBarThickness: 36, order: 2 }
    : {
        ...shared,
        type: 'line',
        borderColor: paint,
        backgroundColor: paint,
        borderDash: [...dash],
        borderWidth: 2,
        // A point without neighbours has no line.
        pointRadius: known <= MAX_POINTS ? 2.5 : 0,
        pointHoverRadius: 4,
        pointHitRadius: 12,
        pointBorderWidth: 0,
        clip: 6, // points at the edge are whole
        spanGaps: true,
        order: 1,
      };
}

/** Chart.js's configuration of a chart over time. */
export function chartConfig(
  model: ChartModel,
  colorOf: ColorOf,
): ChartConfiguration<'line' | 'bar', (number | null)[]> {
  const { labels, steps, series, scale, format, stacked = false } = model;
  const largest = Math.max(0, ...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const ticks = { color: colorOf('--quiet'), font: { size: 12 } };
  return {
    type: 'bar',
    data: { labels: [...labels], datasets: series.map((one) => dataset(one, colorOf)) },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      layout: { padding: { top: 4 } },
      scales: {
        x: {
          stacked,
          grid: { display: false },
          border: { color: colorOf('--line') },
          // Where only some steps have a name, every name counts.
          ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 20, autoSkip: !labels.includes('') },
        },
        y: {
          stacked,
          beginAtZero: true,
          // A few bookings need an axis that does not end at the only bar.
          ...(scale === 'count' && { suggestedMax: Math.max(4, largest) }),
          ...(scale === 'share' && {
            max: largest > 0.5 ? 1 : undefined,
            suggestedMax: Math.min(1, largest * 1.2),
          }),
          border: { display: false },
          grid: { color: colorOf('--line') },
          ticks: {
            ...ticks,
            maxTicksLimit: 5,
            ...(scale === 'count' && { precision: 0 }),
            callback: (value) => (Number(value) === 0 ? '0' : format(Number(value))),
          },
        },
      },
      plugins: {
        legend: { display: false }, // in HTML, where it wraps and can be read
        tooltip: {
          usePointStyle: true,
          boxPadding: 4,
          callbacks: {
            title: ([item]) => steps[item?.dataIndex ?? -1] ?? '',
            label: ({ dataset: { label = '' }, parsed: { y } }) => ` ${label}: ${format(y ?? 0)}`,
          },
        },
      },
    },
  };
}
