import { busyTimes } from './busy-times.js';
import type { EventType, Host } from './event-type.js';
import { addDays, dayAt, instantOf, weekdayOf } from './page/zone-time.js';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Instants in milliseconds since 1970; `to` is exclusive. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface SlotsQuestion {
  readonly event: EventType;
  /** First and last instant at which a slot may start. */
  readonly from: number;
  readonly to: number;
  /** Minutes. */
  readonly duration: number;
  readonly now: number;
  /** What is booked or held already. */
  readonly taken: readonly Span[];
}

const overlaps = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** A day's hours as instants. The end of a day that has a doubled hour is its later one. */
const hoursOf = (event: EventType, host: Host, day: string): Span[] =>
  ((event.hours ?? host.hours)[weekdayOf(day)] ?? []).map(({ from, to }) => ({
    from: instantOf(day, from, host.zone),
    to: instantOf(day, to, host.zone, to === 24 * 60 ? 'earlier' : 'later'),
  }));

/** Busy times of a day; none on a day off, which has no slots anyway. */
const diaryOf = (event: EventType, host: Host, day: string): Span[] =>
  ((event.hours ?? host.hours)[weekdayOf(day)] ?? []).length === 0 ? [] : busySpans(host, day);

const busySpans = (host: Host, day: string): Span[] =>
  busyTimes(host.diary, day).map(({ from, to }) => ({
    from: instantOf(day, from, host.zone),
    to: instantOf(day, to, host.zone, 'later'),
  }));

/** Local days a span touches, with one on either side for zones that are a day apart. */
const daysOf = (span: Span, zone: string): string[] => {
  const days: string[] = [];
  const last = addDays(dayAt(span.to, zone), 1);
  for (let day = addDays(dayAt(span.from, zone), -1); day <= last; day = addDays(day, 1)) days.push(day);
  return days;
};

/** Earliest instant that may be booked. */
export const firstBookable = ({ noticeMinutes }: EventType, now: number): number =>
  now + noticeMinutes * MINUTE;

/**
 * Starts of the bookable times, sorted, in milliseconds since 1970. Slots are laid end to end from the beginning of
 * each stretch of working hours, in real minutes, so a day on which the clocks change has an hour more or less.
 */
export function freeSlots({ event, from, to, duration, now, taken }: SlotsQuestion): number[] {
  const asked: Span = {
    from: Math.max(from, firstBookable(event, now)),
    to: Math.min(to, now + event.horizonDays * DAY),
  };
  if (!(asked.from <= asked.to)) return [];
  const length = duration * MINUTE;
  const [leader, ...others] = event.hosts;
  const busy = [...taken];
  if (event.busy) {
    for (const host of event.hosts)
      for (const day of daysOf(asked, host.zone)) busy.push(...diaryOf(event, host, day));
  }
  busy.sort((a, b) => a.from - b.from);
  const alsoAtWork = others.map((host) =>
    daysOf(asked, host.zone).flatMap((day) => hoursOf(event, host, day)),
  );

  const starts: number[] = [];
  for (const day of daysOf(asked, leader.zone)) {
    for (const hours of hoursOf(event, leader, day)) {
      for (let start = hours.from; start + length <= hours.to; start += length) {
        if (start < asked.from || start > asked.to) continue;
        const slot: Span = { from: start, to: start + length };
        if (busy.some((span) => overlaps(slot, span))) continue;
        if (
          !alsoAtWork.every((stretches) => stretches.some((at) => at.from <= slot.from && slot.to <= at.to))
        )
          continue;
        starts.push(start);
      }
    }
  }
  return starts;
}

const STEP_DAYS = 60;

/** The start of the first free slot at or after an instant; null when nothing is free within the days that are offered. */
export function nextFreeSlot(question: Omit<SlotsQuestion, 'to'>): number | null {
  const end = question.now + question.event.horizonDays * DAY;
  let from = Math.max(question.from, firstBookable(question.event, question.now));
  for (; from <= end; from += STEP_DAYS * DAY) {
    const [first] = freeSlots({ ...question, from, to: from + STEP_DAYS * DAY });
    if (first !== undefined) return first;
  }
  return null;
}
