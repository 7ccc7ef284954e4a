import { cdnAddress, releaseAddress } from '../release/addresses.js';
import { table } from './tables.js';

/** What stands in a guide for the SRI value of a file, which only a build has. */
const INTEGRITY = 'integrity="sha384-…" crossorigin="anonymous"';

const link = (version: string, file: string): string => `[${file}](${releaseAddress(version, file)})`;

/** Where the files of this version are, for the guides: `downloads` from its release, `cdn` as script tags. */
export const fileAddresses = (version: string): Readonly<Record<string, string>> => ({
  downloads: table(
    ['File', 'For'],
    [
      [
        link(version, `booking-widget-web-${version}.zip`),
        'sites that host the files: unpack it into a folder',
      ],
      [
        link(version, `booking-widget-wordpress-${version}.zip`),
        'WordPress: Plugins → Add New → Upload Plugin',
      ],
      [link(version, 'integrity.json'), 'the SRI value of every script, and of the archives'],
    ],
  ),
  cdn: `\`\`\`html
${['booking-widget.js', 'booking-widget.all.js']
  .map((file) => `<script async src="${cdnAddress(version, file)}" ${INTEGRITY}></script>`)
  .join('\n')}
\`\`\``,
});
