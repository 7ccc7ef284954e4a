import { ENGINES } from '../../tools/engines.js';
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
  return code === 'loader' || report.includes(code);
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

const NOTES: Readonly<Record<string, string>> = {
  chromium: '',
  firefox: `
A Firefox driven from outside cannot be taken off the network. Offline is pretended here: both servers refuse every connection,
\`navigator.onLine\` is false, and the page gets the events \`offline\` and \`online\`.
`,
  webkit: `
WebKitGTK's driver cannot take the browser off the network. Offline is pretended as in Firefox.
`,
};

const section = ({ engine, version, outcomes }: Run): string => `## ${engine} ${version}
${NOTES[engine] ?? ''}
| Fault | Tried | Outcome | Notice (s) | End (s) | Failure view | Link | Try again | Report |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rowsOf({ engine, version, outcomes }).join('\n')}
`;

/**
 * The generated page about the fault matrix. Engines that were not run keep their section of the page before.
 *
 * @param before the page as it is; empty where there is none
 */
export function faultsPage(runs: readonly Run[], before: string): string {
  const kept = before.split(/^(?=## )/m).slice(1);
  const sections = ENGINES.flatMap((engine) => {
    const run = runs.find((one) => one.engine === engine);
    return run ? section(run) : (kept.find((text) => text.startsWith(`## ${engine} `)) ?? []);
  });
  return `${INTRODUCTION}\n${sections.join('\n')}`;
}

const INTRODUCTION = `# What happens when something fails

Written by \`npm run faults\`, from what real browsers showed on the built files. Each fault is tried in ${MODES.join(', ')} mode,
with \`loading="${LOADINGS.join('"` and `"')}"\`, and at two moments: ${MOMENTS.join(' and ')} (another option loads the page again).
What belongs to a page from its first byte (headers, protocol, chunks) is tried on the first load only.

The widgets have \`timeout="${LIMIT / 1000}"\` and \`retries="0"\`, so that the whole can be run. The gentle notice comes after 0.4 times the
limit, at most 8 s; of a page that has loaded and stays silent after 3 s at most, and its failure after 6 s at most. With the
default \`timeout\` of 20, read 8 s, 20 s, 3 s and 6 s where this table has 1.6 s and 4 s.
Several widgets at a time share the machine; what an engine needs to begin is part of the times.

- **Tried**: with how many combinations; 1 where the engine was run with \`--spread\`.
- **Link**: from the notice or the failure on, a visible link to the scheduling page is there in every animation frame.
- **Try again**: what it leads to once the fault is gone. It is not offered where it cannot help.
- **Report**: the load report (\`booking-timing\`) names the same end. Where the element itself is missing there is none. Where the
  network fails before the code that reports has come, the report is sent when the network is back.
- \`loader\` is the failure note of the loader itself.
`;
