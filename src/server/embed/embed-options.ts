import * as z from 'zod';
import { pastedPage } from '../pasted.js';

/** What the hosted page may show. */
export const embedOptions = z
  .strictObject({
    /**
     * Pages besides those whose times this companion gives out: `https://savvycal.com/acme`; `*` for all. The author of
     * a link shows the page under the companion's own name.
     */
    pages: z
      .array(z.union([z.string().trim().pipe(z.literal('*')), pastedPage]))
      .max(100)
      .default([]),
  })
  .prefault({});
