import * as z from 'zod';

/** Where figures are sent, besides being there to be fetched. Off without it. */
export const otlpOptions = z
  .strictObject({
    /** The whole address of a collector's metrics, such as `https://otel.example.com/v1/metrics`. */
    url: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }),
    /** Sent along, such as the collector's key. */
    headers: z.record(z.string().trim(), z.string().trim()).default({}),
    /** Seconds between two sendings. */
    every: z.number().min(1).max(3600).default(60),
  })
  .optional();

export type OtlpSettings = NonNullable<z.output<typeof otlpOptions>>;
