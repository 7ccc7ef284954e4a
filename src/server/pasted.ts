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

/** The address of a scheduling page, or of a folder of them. */
export const pastedPage: z.ZodType<string, string> = pastedUrl.refine(
  (text) => !text.includes('*'),
  'must be an address without `*`: all pages below it count',
);

/**
 * The address of a PostgreSQL database. A password with `/`, `?` or `#` in it makes another address of it, and part of the
 * password the name of a host, which is logged.
 */
export const pastedDatabase: z.ZodType<string, string> = z
  .string()
  .trim()
  .regex(/^postgres(ql)?:\/\//, 'must be a URL that begins with postgres://')
  .refine(
    (text) => !/^\w+:\/\/[^/?#]*[/?#][^=]*@/.test(text),
    'must have its user name and password percent-encoded, such as %2F for / and %23 for #',
  );

/**
 * An origin as browsers send it: small letters, no default port, international names in ASCII
 * (https://url.spec.whatwg.org/#concept-url-origin). More than an origin is a mistake that would allow nothing.
 */
export const pastedOrigin: z.ZodType<string, string> = z
  .string()
  .trim()
  .refine((text) => {
    if (!isHttp(text)) return false;
    const { hostname, pathname, search, hash, username, password } = new URL(text);
    // `*` is a character of a host name like any other, and no browser sends it.
    return !hostname.includes('*') && pathname === '/' && !search && !hash && !username && !password;
  }, 'must be an origin like https://example.com, each subdomain by itself')
  .transform((text) => new URL(text).origin);
