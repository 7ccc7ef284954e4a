import type { AlertName } from './condition.js';

interface Advice {
  /** One sentence on what to do. */
  readonly action: string;
  /** The part of the dashboard that shows it. */
  readonly panel: 'companion' | 'failures';
}

/** What an owner does about an alert, and where they see it. */
export const ADVICE: Readonly<Record<AlertName, Advice>> = {
  budget: {
    action:
      'Set `pages` so that strangers cannot use the budget, or raise `budget` if your plan allows more.',
    panel: 'companion',
  },
  'failures-in-row': {
    action: 'Run `npx booking-widget-companion doctor`, and look at the status page of the service.',
    panel: 'companion',
  },
  'upstream-slow': {
    action: 'Look at the status page of the service; turn on `warm` so that visitors do not wait for it.',
    panel: 'companion',
  },
  'rate-limited': {
    action: 'Lower `budget` of the account: the service allows fewer calls, or another program uses them.',
    panel: 'companion',
  },
  'error-rate': {
    action: 'Look at the reasons on the dashboard, and open one of the pages yourself.',
    panel: 'failures',
  },
  'queue-depth': {
    action: 'See whether the companion runs and its store is fast enough; the queue empties itself then.',
    panel: 'companion',
  },
  'job-given-up': {
    action: 'Read the errors at `GET /v1/queue`, correct the cause, then `POST /v1/queue/retry`.',
    panel: 'companion',
  },
  'hit-rate': {
    action: 'Turn on `warm`, and see whether strangers request many different pages: then set `pages`.',
    panel: 'companion',
  },
  'deliveries-silent': {
    action:
      'Run `npx booking-widget-companion webhooks test`, then see whether the webhook is on at the provider.',
    panel: 'companion',
  },
  store: {
    action: 'See whether the disk is full or the database is down; the companion recovers by itself.',
    panel: 'companion',
  },
};
