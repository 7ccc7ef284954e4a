import { PERSONAL } from '../../contracts/provider-fixtures.js';

/*
 * What the fixtures of the rarer providers have in common.
 */

export const slots = [
  { start: '2026-11-24T09:00:00.000Z', end: '2026-11-24T09:30:00.000Z' },
  { start: '2026-11-24T10:00:00.000Z' },
  { start: '2026-11-25T09:00:00.000Z' },
] as const;

/** A message that none of these providers knows. */
export const noWord = {
  says: 'another service’s readiness',
  data: { event: 'calendly.event_type_viewed' },
  means: null,
};

export const [firstName, lastName] = ['Ada', 'Lovelace'];

/** Answers of every kind. */
export const person = { ...PERSONAL, firstName, lastName, phone: '+39 06 123', topic: ['a', 'b'] };
