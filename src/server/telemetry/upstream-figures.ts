import type { Meter } from '@opentelemetry/api';
import { isSent, type UpstreamCall } from '../upstreams/call-tallies.js';

/** Seconds: from a fast answer to the longest that a request waits for its place and is tried. */
const CALLS = [0.05, 0.1, 0.2, 0.4, 0.7, 1, 1.5, 2, 3, 4, 5, 6.5, 10];

/** Figures of requests to scheduling services: `record` is called with each. */
export function upstreamFigures(meter: Meter): (call: UpstreamCall) => void {
  const calls = meter.createHistogram('booking_widget.upstream.call.duration', {
    description: 'How long requests to a scheduling service took, by account, operation and outcome.',
    unit: 's',
    advice: { explicitBucketBoundaries: CALLS },
  });
  const unsent = meter.createCounter('booking_widget.upstream.calls.unsent', {
    description:
      'Requests to a scheduling service that were not sent: budget, open (breaker), busy, paused, shared (a stampede prevented), store.',
  });
  return ({ account, operation, outcome, ms }) => {
    const labels = { account, operation, outcome };
    if (isSent(outcome)) calls.record(ms / 1000, labels);
    else unsent.add(1, labels);
  };
}
