import type { Spread } from '../results.js';

export interface Bar {
  readonly label: string;
  readonly value: Spread;
  readonly ours: boolean;
}

export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly groups: readonly { readonly title: string; readonly bars: readonly Bar[] }[];
}

const WIDTH = 760;
const LABEL = 230;
const VALUE = 150;
const LINE = 26;
const HEAD = 46;
const GROUP = 30;

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const text = (x: number, y: number, words: string, more = ''): string =>
  `<text x="${x}" y="${y}"${more && ` ${more}`}>${escape(words)}</text>`;

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** Its own ground in either colour scheme, so that it is readable on any page. */
const STYLE = `text{font:13px system-ui,sans-serif;fill:#1f2328}.title{font-weight:600;font-size:15px}.group,.value{fill:#59636e}
.ground{fill:#fff}.bar{fill:#8c959f}.ours{fill:#0969da}.range{stroke:#1f2328;stroke-width:1.5}
@media (prefers-color-scheme:dark){text{fill:#f0f6fc}.group,.value{fill:#b1bac4}.ground{fill:#0d1117}.bar{fill:#656c76}.ours{fill:#4493f8}.range{stroke:#f0f6fc}}`;

/** Horizontal bars of medians, each with a line from its least to its greatest value. */
export function chartSvg({ title, unit, groups }: Chart, words: (value: Spread) => string): string {
  const most = Math.max(
    ...groups.flatMap(({ bars }) => bars.map(({ value }) => value.most)).filter(Number.isFinite),
    1,
  );
  const room = WIDTH - LABEL - VALUE;
  const long = (value: number): number => rounded((Math.max(value, 0) / most) * room);
  const parts: string[] = [];
  let y = HEAD;
  for (const group of groups) {
    parts.push(text(16, y + 14, group.title, 'class="group"'));
    y += GROUP;
    for (const { label, value, ours } of group.bars) {
      const middle = y + LINE / 2 - 2;
      parts.push(text(16, middle + 4, label));
      if (Number.isFinite(value.median)) {
        parts.push(
          `<rect x="${LABEL}" y="${y}" width="${Math.max(long(value.median), 1)}" height="${LINE - 8}" rx="2" class="${ours ? 'ours' : 'bar'}"/>`,
          `<line x1="${LABEL + long(value.least)}" y1="${middle}" x2="${LABEL + long(value.most)}" y2="${middle}" class="range"/>`,
        );
      }
      const end = Number.isFinite(value.most) ? Math.max(long(value.most), long(value.median)) : 0;
      parts.push(text(LABEL + end + 8, middle + 4, words(value), 'class="value"'));
      y += LINE;
    }
  }
  const height = y + 12;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(title)}">
<style>${STYLE}</style>
<rect width="${WIDTH}" height="${height}" rx="6" class="ground"/>
${text(16, 28, `${title} (${unit})`, 'class="title"')}
${parts.join('\n')}
</svg>
`;
}
