import * as z from 'zod';

/*
 * Values that people paste: out of files that end with a line break, out of address bars, out of mails. White space around
 * them is never meant; what cannot be made right is named at the start.
 */

/** A secret that is compared as a whole, such as a webhook's: it may have spaces within, but no line break. */
export const pastedSecret = (
  least = 1,
  message = `must have at least ${least} characters`,
): z.ZodType<string, string> =>
  z
    .string()
    .trim()
    .min(least, message)
    .regex(/^[^\u0000-\u001f\u007f]*$/, 'must not have a line break or another control character within');

/** A key or token that is sent in a header. */
export const pastedToken = (
  least = 1,
  message = `must have at least ${least} characters`,
): z.ZodType<string, string> =>
  z
    .string()
    .trim()
    .min(least, message)
    .regex(/^[\u0021-\u007e]+$/, 'must not have white space or special characters within');

const isHttp = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** An http(s) address, as it was written but for white space around it. */
export const pastedUrl: z.ZodType<string, string> = z
  .string()
  .trim()
  .max(500)
  .refine(isHttp, 'must be an http(s) URL');

/**
 * An origin as browsers send it: small letters, no default port, international names in ASCII
 * (https://url.spec.whatwg.org/#concept-url-origin). More than an origin is a mistake that would allow nothing.
 */
export const pastedOrigin: z.ZodType<string, string> = z
  .string()
  .trim()
  .refine((text) => {
    if (!isHttp(text)) return false;
    const { pathname, search, hash, username, password } = new URL(text);
    return pathname === '/' && !search && !hash && !username && !password;
  }, 'must be an origin like https://example.com')
  .transform((text) => new URL(text).origin);
