import { cdnAddress, releaseAddress } from './addresses.js';

interface Integrity {
  readonly files: Readonly<Record<string, string>>;
  readonly archives: Readonly<Record<string, string>>;
}

/** The script tag for a file of this version on the content network. */
const scriptTag = (version: string, file: string, { files }: Integrity): string =>
  `<script async src="${cdnAddress(version, file)}" integrity="${files[file] ?? ''}" crossorigin="anonymous"></script>`;

/** The text of a release: where its files are, the script tags with their integrity, and what has changed. */
export const releaseNotes = (version: string, changes: string, integrity: Integrity): string => `# ${version}

## Files

${Object.entries(integrity.archives)
  .map(([name, hash]) => `- [${name}](${releaseAddress(version, name)}) \`${hash}\``)
  .join('\n')}

From the content network:

\`\`\`html
${scriptTag(version, 'booking-widget.js', integrity)}
\`\`\`

In one file:

\`\`\`html
${scriptTag(version, 'booking-widget.all.js', integrity)}
\`\`\`

## Changes

${changes}
`;
