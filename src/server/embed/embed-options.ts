import * as z from 'zod';

/** What the hosted page may show. */
export const embedOptions = z
  .strictObject({
    /**
     * Pages besides those whose times this companion gives out: `https://savvycal.com/acme`; `*` for all. Whoever may
     * choose a page shows it under the companion's own name.
     */
    pages: z
      .array(
        z.union([
          z.literal('*'),
          z
            .string()
            .max(500)
            .refine(
              (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
              'must be an http(s) URL',
            ),
        ]),
      )
      .max(100)
      .default([]),
  })
  .prefault({});
