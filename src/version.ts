/** The version in package.json; `npm run build` writes it here, and a test holds the two equal. */
export const VERSION = '0.1.0';
