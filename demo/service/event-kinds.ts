import { EVERY_FIELD, EVERY_LOCATION } from './booking-fields.js';
import type { EventType, Interval } from './event-type.js';

export type Kind = Omit<EventType, 'key' | 'id' | 'hosts'> & {
  /** Only teams have it. */
  readonly team?: true;
};

const span = (from: number, to: number): Interval => ({ from: from * 60, to: to * 60 });
const week = (workday: readonly Interval[], saturday: readonly Interval[] = []): (readonly Interval[])[] => [
  [],
  workday,
  workday,
  workday,
  workday,
  workday,
  saturday,
];
export const OFFICE = week([span(9, 12), span(13, 17)]);
export const LATE = week([span(10, 18)], [span(10, 14)]);
const ROUND_THE_CLOCK = Array.from({ length: 7 }, () => [span(0, 24)]);
const NEVER = Array.from({ length: 7 }, () => []);

export const usual = { noticeMinutes: 60, horizonDays: 730, busy: true, needsConfirmation: false } as const;

export const KINDS: readonly Kind[] = [
  {
    ...usual,
    slug: '15min',
    title: 'Quick call',
    description: 'A quarter of an hour to see whether we fit.',
    durations: [15],
  },
  {
    ...usual,
    slug: '30min',
    title: '30 minute meeting',
    description: 'Half an hour about your project. Bring questions; no preparation needed.',
    durations: [30],
  },
  {
    ...usual,
    slug: '60min',
    title: 'Workshop hour',
    description: 'A full hour with a shared screen.',
    durations: [60],
  },
  {
    ...usual,
    slug: 'multi',
    title: 'As long as you need',
    description: 'Choose how long we talk.',
    durations: [15, 30, 60],
  },
  {
    ...usual,
    slug: 'confirm',
    title: 'Consultation',
    description: 'We look at your request and confirm it.',
    durations: [45],
    needsConfirmation: true,
  },
  {
    ...usual,
    slug: 'far',
    title: 'Site visit',
    description: 'Booked out for months: the next free dates are a long way ahead.',
    durations: [60],
    noticeMinutes: 150 * 24 * 60,
  },
  {
    ...usual,
    slug: 'always',
    title: 'Night service',
    description: 'Every hour of every day, also on the days the clocks change.',
    durations: [60],
    noticeMinutes: 0,
    hours: ROUND_THE_CLOCK,
    busy: false,
  },
  {
    ...usual,
    slug: 'empty',
    title: 'Fully booked',
    description: 'There is never a free time here.',
    durations: [30],
    hours: NEVER,
  },
  {
    ...usual,
    slug: 'questions',
    title: 'Project briefing',
    description: 'Every kind of question, and a choice of places.',
    durations: [30],
    fields: EVERY_FIELD,
    locations: EVERY_LOCATION,
  },
  {
    ...usual,
    slug: 'intro',
    title: 'Team introduction',
    description: 'Meet the people you would work with.',
    durations: [30],
    team: true,
  },
];
