/**
 * Where the project lives. This is the single place that names it: nobody has published the repository yet, so the maintainer who
 * does so changes this line and the same address in package.json (`homepage`, `bugs`, `repository`; a test compares them).
 */
export const REPOSITORY = 'https://github.com/booking-widget/booking-widget';

/** The content network that serves every package on npm, by version. */
const CDN = 'https://cdn.jsdelivr.net/npm';

/** The npm package with the widget, and the one with the companion. */
export const ELEMENT = 'booking-widget-element';
export const COMPANION = 'booking-widget-companion';

/** Address of a built file (`file` is its path in `dist`) of one version: its bytes never change. */
export const cdnAddress = (version: string, file: string): string =>
  `${CDN}/${ELEMENT}@${version}/dist/${file}`;

/** Address of a file that is attached to the release of one version. */
export const releaseAddress = (version: string, file: string): string =>
  `${REPOSITORY}/releases/download/v${version}/${file}`;
