/** Draws once, at the first question: one page load is in or out, whatever share is asked about how often. */
export function createSampler(random = Math.random): (share: number) => boolean {
  let drawn: number | undefined;
  return (share) => (drawn ??= random()) < share;
}

/** Whether this page load is within `share` (0 … 1) of all page loads. */
export const isSampled = createSampler();
