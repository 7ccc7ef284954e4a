/** How long to wait after attempt `attempt` (1 is the first): 5, 10, then 20 s, each ±20 % so that clients spread out. */
export const retryDelay = (attempt: number, random = Math.random): number =>
  Math.min(2 ** attempt, 8) * (2000 + 1000 * random());
