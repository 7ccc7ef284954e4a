import { openContext, type OpenContext } from '../open-context.js';
import { readNotes } from '../store/notes.js';
import { readStatus } from '../status.js';
import type { Flags } from './configuration.js';
import { endInTime } from './end-in-time.js';

interface Finding {
  readonly level: 'ok' | 'warning' | 'problem';
  readonly text: string;
}

const ok = (text: string): Finding => ({ level: 'ok', text });
const warning = (text: string): Finding => ({ level: 'warning', text });
const problem = (text: string): Finding => ({ level: 'problem', text });

async function storeFindings({ store, settings }: OpenContext): Promise<Finding[]> {
  const where = settings.database === undefined ? `folder ${settings.data}` : 'database';
  return store.probe().then(
    () => [ok(`The store (${where}) can be written.`)],
    (cause: unknown) => [problem(`The store (${where}) cannot be written: ${(cause as Error).message}`)],
  );
}

async function accountFindings(context: OpenContext): Promise<Finding[]> {
  const { upstreams, queue } = await readStatus(context);
  const findings = upstreams.map(({ account, breaker, failures, lastFailure, used, budget }): Finding => {
    if (lastFailure?.code === 'refused' && failures > 0)
      return problem(`${account}: the service refuses the key, ${failures} times in a row. Is it revoked?`);
    if (breaker !== 'closed' || failures > 0)
      return problem(
        `${account}: ${failures} failures in a row${lastFailure ? `, last "${lastFailure.code}"` : ''}; breaker ${breaker}.`,
      );
    return ok(`${account}: ${used} of ${budget} calls used in the last minute.`);
  });
  if (queue.failed > 0)
    findings.push(warning(`${queue.failed} jobs were given up; GET /v1/queue shows why.`));
  return findings;
}

function optionFindings({ settings }: OpenContext): Finding[] {
  const findings: Finding[] = [];
  if (settings.token === undefined && settings.database !== undefined)
    findings.push(warning('`token` is not set: everything that only the owner may read is closed.'));
  if (settings.upstreams.some(({ provider, pages }) => provider === 'cal' && pages.length === 0))
    findings.push(
      warning('`pages` is not set for Cal.com: strangers can use up the budget with pages of their own.'),
    );
  if (!settings.alerts)
    findings.push(warning('`alerts` is not set: nobody is notified when something is wrong.'));
  return findings;
}

/** Prints what it finds, one line each. Rejects when something does not work. */
export async function run({ options }: Flags): Promise<void> {
  endInTime(1);
  const context = await openContext({ log: 'silent', ...options });
  try {
    const notes = await readNotes(context.store);
    const findings = [
      ...(await storeFindings(context)),
      ...(await accountFindings(context)),
      ...optionFindings(context),
      ...notes.map(({ text }) => warning(text)),
    ];
    for (const { level, text } of findings) process.stdout.write(`${level.padEnd(8)} ${text}\n`);
    const problems = findings.filter(({ level }) => level === 'problem').length;
    if (problems > 0) throw new Error(`${problems} ${problems === 1 ? 'problem' : 'problems'}`);
  } finally {
    await context.close();
  }
}
