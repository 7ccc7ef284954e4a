import * as z from 'zod';

/** A content network in front that can forget responses by name. Nothing is sent without it. */
export const cdnOptions = z
  .strictObject({
    /** Where the network takes names to forget, such as `https://api.cloudflare.com/client/v4/zones/<id>/purge_cache`. */
    url: z.url({ protocol: /^https?$/, error: 'must be an http(s) URL' }),
    /** Sent along, such as the network's key. */
    headers: z.record(z.string().trim(), z.string().trim()).default({}),
  })
  .optional();
