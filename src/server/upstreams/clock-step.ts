/** Clocks are corrected by a little all the time, in milliseconds; what lies further off comes from a clock that was set. */
export const CLOCK_STEP = 5000;

/** Whether a moment is still to come, and no further away than anybody writes it. */
export const isAhead = (moment: number, now: number, furthest: number): boolean =>
  moment > now && moment <= now + furthest + CLOCK_STEP;
