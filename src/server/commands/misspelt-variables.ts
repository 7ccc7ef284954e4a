import { closestMatch } from 'leven';
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

/** A line for each variable that looks like one of the companion's and is none. Never with its value: it may be a secret. */
export function misspeltVariables(env: NodeJS.ProcessEnv, own: FlagTable): string[] {
  const flags = Object.values<Flag>({ ...COMMON_FLAGS, ...own });
  const known = [...flags.flatMap(({ variable }) => variable ?? []), ...OPTION_VARIABLES].flatMap((name) => [
    name,
    `${name}_FILE`,
  ]);
  // `PORT` and `DATABASE_URL` are without the prefix, as hosts of programs set them.
  const meantBy = new Map(known.map((name) => [name.startsWith(PREFIX) ? name : PREFIX + name, name]));
  return Object.entries(env).flatMap(([name, value]) => {
    if (!name.startsWith(PREFIX) || known.includes(name) || isOfService(name, value)) return [];
    const meant = meantBy.get(closestMatch(name, [...meantBy.keys()], { maxDistance: MISTAKES }) ?? '');
    return meant === undefined ? [] : [`The variable ${name} means nothing by itself. Is ${meant} meant?`];
  });
}
