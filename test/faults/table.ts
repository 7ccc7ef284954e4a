import { LIMIT, LOADINGS, MODES, MOMENTS, type Cell } from './plan.js';
import type { Outcome } from './run-cell.js';

/** What one engine showed. A text in place of an outcome is why there is none. */
export interface Run {
  readonly engine: string;
  readonly version: string;
  readonly outcomes: ReadonlyMap<Cell, Outcome | string>;
}

const seconds = (times: readonly number[]): string => {
  if (times.length === 0) return '–';
  const [min, max] = [Math.min(...times), Math.max(...times)].map((ms) => (ms / 1000).toFixed(1));
  return min === max ? `${min}` : `${min}–${max}`;
};
const unique = (texts: readonly string[]): string => [...new Set(texts)].join('; ') || '–';

/** Whether the report names the same end as the page showed. */
export const agrees = ({ outcome, report }: Outcome): boolean => {
  const [code = ''] = outcome.split(',');
  return report === '' ? code === 'loader' : report.includes(code);
};

function rowsOf({ outcomes }: Run): string[] {
  const faults = new Set([...outcomes.keys()].map(({ fault }) => fault));
  return [...faults].map((fault) => {
    const all = [...outcomes].filter(([cell]) => cell.fault === fault).map(([, outcome]) => outcome);
    const done = all.filter((outcome) => typeof outcome !== 'string');
    const count = (is: (outcome: Outcome) => boolean): string => {
      const right = done.filter(is).length;
      return right === all.length ? 'yes' : `${right} of ${all.length}`;
    };
    return `| ${[
      fault.name,
      done.length === all.length ? String(all.length) : `${done.length} of ${all.length}`,
      unique(done.map(({ outcome }) => outcome)),
      seconds(done.flatMap(({ notice }) => notice ?? [])),
      seconds(done.map(({ ended }) => ended)),
      unique(done.map(({ view }) => view)),
      count(({ link }) => link),
      unique(done.map(({ retry }) => retry)),
      count(agrees),
    ].join(' | ')} |`;
  });
}

/** The generated page about the fault matrix. */
export const faultsPage = (runs: readonly Run[]): string => `# What happens when something fails

Written by \`npm run faults\`, from what real browsers showed on the built files. Each fault is tried in ${MODES.join(', ')} mode,
with \`loading="${LOADINGS.join('"` and `"')}"\`, and at two moments: ${MOMENTS.join(' and ')} (another option loads the page again).
What belongs to a page from its first byte (headers, protocol, chunks) is tried on the first load only.

The widgets have \`timeout="${LIMIT / 1000}"\` and \`retries="0"\`, so that the whole can be run. The gentle notice comes after 0.4 times the
limit, at most 8 s; of a page that has loaded and stays silent after 3 s at most, and its failure after 6 s at most. With the
default \`timeout\` of 20, read 8 s, 20 s, 3 s and 6 s where this table has 1.6 s and 4 s.

- **Link**: from the notice or the failure on, a visible link to the scheduling page is there in every animation frame.
- **Try again**: what it leads to once the fault is gone. It is not offered where it cannot help.
- **Report**: the load report (\`booking-timing\`) names the same end. Where the element itself is missing there is none.
  Where the network fails before the code that reports has come, the report is missing, too: it is asked for with the next load only.
- \`loader\` is the failure note of the loader itself.
${runs
  .map(
    (run) => `
## ${run.engine} ${run.version}

| Fault | Tried | Outcome | Notice (s) | End (s) | Failure view | Link | Try again | Report |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rowsOf(run).join('\n')}
`,
  )
  .join('')}
## Engines that are missing here

WebKit: no driver at hand can set the network, headers and knobs of so many pages. The rules behind this table (limits, diagnosis,
failure view, retry) are tested in WebKit by \`npm test\` (\`test/browser/widget/failures.test.ts\` and others).
`;
