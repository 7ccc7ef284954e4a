import type { SlotsFailure } from './fetch-slots.js';
import type { Span } from './known-slots.js';

/** One request under way, shared by all widgets that want its slots. */
export interface Flight {
  span: Span;
  /** Only responses from this moment on will do. */
  since: number | undefined;
  /** From here on the span is settled. */
  begun: boolean;
  /** There is a result, or nobody wants it any more. */
  over: boolean;
  /** Ends the wait for the other tabs, or the request. */
  abort: AbortController;
  readonly done: Promise<SlotsFailure | undefined>;
  /** Resolves `done`, once. */
  readonly land: (failure?: SlotsFailure) => void;
}

/** `onLand` is called when the flight is over, before `done` resolves. */
export function startFlight(span: Span, since: number | undefined, onLand: () => void): Flight {
  let land: Flight['land'] = () => undefined;
  const done = new Promise<SlotsFailure | undefined>((resolve) => {
    land = (failure) => {
      if (flight.over) return;
      onLand();
      flight.over = true;
      flight.abort.abort();
      resolve(failure);
    };
  });
  const flight: Flight = {
    span,
    since,
    begun: false,
    over: false,
    abort: new AbortController(),
    done,
    land,
  };
  return flight;
}

/**
 * Lets a further request join a flight: its span grows while it has not begun and both touch. Returns whether the flight
 * now covers all that is wanted.
 */
export function joinFlight(flight: Flight, { from, to }: Span, since: number | undefined): boolean {
  const { span } = flight;
  if (!flight.begun && span.from <= to && from <= span.to) {
    flight.span = { from: Math.min(from, span.from), to: Math.max(to, span.to) };
    flight.since = since ?? flight.since;
  }
  return flight.span.from <= from && flight.span.to >= to;
}
