/** A provider whose pages post messages, and how the local scheduling service plays one of them. */
export interface ProviderScene {
  readonly provider: string;
  /** Which of the service's origins has the page. */
  readonly at: 'cal' | 'calendly' | 'plain';
  /** In whose words the page speaks where its origin does not say so: the service's knob of that name. */
  readonly speaks?: string;
  /** Heights are followed, up to this many CSS pixels. */
  readonly tallest?: number;
  /** It tells of bookings, and of when they are. */
  readonly books?: 'with time' | 'without time';
}

export const PROVIDER_SCENES: readonly ProviderScene[] = [
  { provider: 'cal', at: 'cal', tallest: 5000, books: 'with time' },
  { provider: 'calendly', at: 'calendly', tallest: 2400, books: 'without time' },
  { provider: 'hubspot', speaks: 'hubspot', at: 'plain', tallest: 3000, books: 'with time' },
  { provider: 'acuity', speaks: 'acuity', at: 'plain', tallest: 5000 },
  { provider: 'oncehub', speaks: 'oncehub', at: 'plain', books: 'with time' },
  { provider: 'tidycal', speaks: 'resizer', at: 'plain', tallest: 5000 },
  { provider: 'zcal', speaks: 'resizer', at: 'plain', tallest: 5000 },
];

/** Start of the booking that the service's knob `books` announces. */
export const BOOKED_START = '2026-12-01T09:00:00Z';
