import { ratios, spread, type Results } from '../results.js';
import { SCENES } from '../scenes/all.js';
import { chartOf, DRAWN } from './charts.js';
import { judge } from './rows.js';
import { levelText, measuredText, NAMES, number, spreadText } from './words.js';
import type { Scene } from '../scenes/scene.js';

/** Of the machine and the run. */
export interface Circumstances {
  readonly date: string;
  readonly machine: string;
  readonly browser: string;
  readonly pageBytes: number;
  readonly minutes: number;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const levels = (results: Results): string =>
  table(
    ['', 'Ours', 'Measured (min–max)', 'Level', ''],
    judge(results).map((each) => [
      each.row.title,
      number(each.ours.median),
      measuredText(each),
      levelText(each),
      each.holds ? 'holds' : '**does not hold**',
    ]),
  );

/** What the others are divided by, where it is not the lazy frame. */
const SCENE_REFERENCE: Readonly<Record<string, string>> = {
  popup: 'frame-dialog',
  booking: 'ours-frame-road',
};

function sceneTable({ name, contenders }: Scene, results: Results): string {
  const figures = [...new Set(results.figures(name))];
  const reference = contenders.find((each) => each === (SCENE_REFERENCE[name] ?? 'frame-lazy'));
  const rows = contenders.map((contender) => [
    NAMES[contender],
    ...figures.map((figure) => {
      const values = results.of(name, figure, contender);
      const to = reference === undefined ? [] : results.of(name, figure, reference);
      const ratio = spread(ratios(values, to)).median;
      const isTime =
        /time|ready|booked|load$/.test(figure) && contender !== reference && Number.isFinite(ratio);
      return values.length === 0
        ? ''
        : `${spreadText(spread(values))}${isTime ? `, ${ratio.toFixed(2)}×` : ''}`;
    }),
  ]);
  return table(['', ...figures], rows);
}

const passesOf = ({ name, contenders }: Scene, results: Results): number =>
  Math.max(
    ...results
      .figures(name)
      .flatMap((figure) => contenders.map((each) => results.of(name, figure, each).length)),
  );

const HEADINGS: Readonly<Record<string, string>> = {
  'in view': 'Far below the fold, then in view',
  'above the fold': 'In view from the start',
  popup: 'Popup, pressed after a hover of 300 ms',
  fifty: 'Fifty on one page, scrolled past',
  phone: 'Phone: slow 4G, processor four times slower',
  booking: 'Until booked',
  'before view': 'Before it is in view',
  failing: 'When the scheduling service fails: until there is something to press',
};

/** The page of the documentation. */
export function benchmarkPage(results: Results, circumstances: Circumstances): string {
  const { date, machine, browser, pageBytes } = circumstances;
  const sections = SCENES.filter(({ name }) => results.figures(name).length > 0).map((scene) => {
    const charts = DRAWN.filter((drawn) => drawn.scene === scene.name && chartOf(drawn, results));
    const pictures = charts.map(({ name, title }) => `![${title}](./benchmarks/${name}.svg)`);
    const passes = passesOf(scene, results);
    const often = `${passes} ${passes === 1 ? 'pass' : 'passes'} for each.`;
    return [`## ${HEADINGS[scene.name] ?? scene.name}`, often, ...pictures, sceneTable(scene, results)].join(
      '\n\n',
    );
  });
  return `# Benchmarks

\`npm run bench -- --write\` has written this page, its charts and [the figures](https://github.com/booking-widget/booking-widget/blob/main/docs/benchmarks/figures.json);
\`npm run bench\` prints the levels for your machine (some minutes), \`npm run bench -- --quick\` some of them in one. Measured on ${date}
with ${browser}, ${machine}. Times are medians in milliseconds with the least and the greatest; ratios are medians of each pass's own ratio.

## Levels

${levels(results)}

## How it is measured

Three sites with TLS and HTTP/2 (a host page, a scheduling service, a content network) are behind one link of 9 Mbit/s down, 1.5 up and a round trip of
60 ms that all connections share; the phone's is 1.6, 0.75 and 150 ms. The scheduling page is the same for all contenders and as heavy as hosted ones
are: 250 ms for its document, ${number(Math.round(pageBytes / 10_000) / 100)} MB of compressed script of which half is run, and 300 to 800 ms for its slots, another value in each pass. That weight is an
assumption; ratios hardly depend on it, times do. Every contender is visited in each pass, another one first each time, by a new visitor; a repeat
visit is the same visitor's second.

A time counts when it is on screen, in whichever frame. A page is ready when its script has run and the visitor can see it; ours stays behind the slots
until it is wanted, so for ours it is when its script has run. Contenders that start their frame with the page have paid for it before it is in view:
compare them where the embed is in view from the start.

${sections.join('\n\n')}
`;
}
