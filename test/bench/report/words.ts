import type { Contender, Spread } from '../results.js';
import type { Judged } from './rows.js';

export const NAMES: Readonly<Record<Contender, string>> = {
  none: 'no embed',
  'frame-eager': 'plain iframe, eager',
  'frame-lazy': 'plain iframe, lazy',
  cal: 'Cal.com embed.js, inline',
  'react-calendly': 'react-calendly, inline',
  'ours-script': 'booking-widget, script tag',
  'ours-module': 'booking-widget, module',
  'ours-native': 'booking-widget, own form',
  'ours-companion': 'booking-widget, own form and companion',
  'ours-frame-road': 'booking-widget, booking="frame"',
  'frame-dialog': 'plain iframe in a dialog',
  'cal-popup': 'Cal.com embed.js, popup',
  'cal-prerender': 'Cal.com embed.js, prerender',
  'react-popup': 'react-calendly, popup',
  'ours-popup': 'booking-widget, popup',
};

const decimals = (value: number): number => (value >= 20 || Number.isInteger(value) ? 0 : value >= 1 ? 1 : 3);

export const number = (value: number): string =>
  Number.isNaN(value)
    ? 'not seen'
    : value.toLocaleString('en', {
        minimumFractionDigits: decimals(value),
        maximumFractionDigits: decimals(value),
      });

export const spreadText = ({ median, least, most }: Spread): string =>
  least === most ? number(median) : `${number(median)} (${number(least)}–${number(most)})`;

export const levelText = ({ row }: Judged): string =>
  'to' in row ? `≤ ${row.times}× ${NAMES[row.to]}` : `≤ ${row.most} ${row.unit}`.trim();

export const measuredText = ({ row, measured }: Judged): string => {
  if ('most' in row) return `${spreadText(measured)} ${row.unit}`.trim();
  const times = (value: number): string => (Number.isNaN(value) ? 'not seen' : `${value.toFixed(3)}×`);
  return `${times(measured.median)} (${times(measured.least)}–${times(measured.most)})`;
};
