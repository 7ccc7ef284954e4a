import { OPTION_VARIABLES } from './environment.js';
import { COMMON_FLAGS, type Flag, type FlagTable } from './flags.js';

const PREFIX = 'BOOKING_';

/** So many characters may be wrong, missing or too many: more would take another program's variable for one of ours. */
const MISTAKES = 2;

/**
 * What Kubernetes and Docker set for a service of the name `booking`
 * (https://kubernetes.io/docs/tutorials/services/connect-applications-service/#environment-variables).
 */
const isOfService = (name: string, value = ''): boolean =>
  /_(SERVICE_(HOST|PORT)|PORT_\d+_(TCP|UDP))/.test(name) || /^(tcp|udp):\/\//.test(value);

/** How many characters have to be changed, added or left out to make one text of the other (Levenshtein). */
function mistakesBetween(one: string, other: string): number {
  let row = [...new Array<number>(other.length + 1).keys()];
  for (let i = 0; i < one.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < other.length; j++)
      next.push(
        Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (one[i] === other[j] ? 0 : 1)),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** A line for each variable that looks like one of the companion's and is none. Never with its value: it may be a secret. */
export function misspeltVariables(env: NodeJS.ProcessEnv, own: FlagTable): string[] {
  const flags = Object.values<Flag>({ ...COMMON_FLAGS, ...own });
  const known = [...flags.flatMap(({ variable }) => variable ?? []), ...OPTION_VARIABLES].flatMap((name) => [
    name,
    `${name}_FILE`,
  ]);
  const likely = (written: string): string | undefined =>
    known
      .map((name) => ({
        name,
        // `PORT` and `DATABASE_URL` are without the prefix, as hosts of programs set them.
        mistakes: mistakesBetween(written, name.startsWith(PREFIX) ? name : PREFIX + name),
      }))
      .filter(({ mistakes }) => mistakes <= MISTAKES)
      .sort((one, other) => one.mistakes - other.mistakes)[0]?.name;
  return Object.entries(env).flatMap(([name, value]) => {
    if (!name.startsWith(PREFIX) || known.includes(name) || isOfService(name, value)) return [];
    const meant = likely(name);
    return meant === undefined ? [] : [`The variable ${name} means nothing by itself. Is ${meant} meant?`];
  });
}
