import { DOCTOR_STORE_TOLERANCE_MS } from '../../durations.js';
import type { OpenContext } from '../../open-context.js';
import { ok, problem, warning, type Finding } from './finding.js';

const whereOf = ({ settings }: OpenContext): string =>
  settings.database === undefined ? `folder ${settings.data}` : 'database';

/** Whether the store can be written, and whether its clock is this machine's. */
export async function storeFindings(context: OpenContext): Promise<Finding[]> {
  const { store } = context;
  const where = whereOf(context);
  try {
    await store.probe();
  } catch (cause) {
    return [
      problem(
        `The store (${where}) cannot be written: ${(cause as Error).message}`,
        'See whether its disk is full, whether it is read-only, and whether this user may write there.',
      ),
    ];
  }
  const findings = [ok(`The store (${where}) can be written.`)];
  const apart = Math.abs(store.now() - Date.now());
  if (store.engine === 'postgres' && apart > DOCTOR_STORE_TOLERANCE_MS)
    findings.push(
      warning(
        `The clocks of the database and of this machine are ${Math.round(apart / 1000)} s apart.`,
        'Synchronise both with NTP.',
      ),
    );
  return findings;
}
