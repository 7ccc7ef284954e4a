import * as z from 'zod';

/** How many pages may listen to one instance. */
export const liveOptions = z
  .strictObject({
    /** Connections in all. */
    connections: z.int().min(0).max(1_000_000).default(10_000),
    /** Connections of one client: an office behind one address is one. */
    perClient: z.int().min(1).max(1_000_000).default(200),
  })
  .prefault({});
