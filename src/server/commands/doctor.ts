import { openContext } from '../open-context.js';
import { readNotes } from '../store/notes.js';
import type { Flags } from './configuration.js';
import { accountFindings } from './doctor/account-findings.js';
import { apiFindings } from './doctor/api-findings.js';
import { lineOf, ok, warning } from './doctor/finding.js';
import { optionFindings } from './doctor/option-findings.js';
import { storeFindings } from './doctor/store-findings.js';
import { webhookFindings } from './doctor/webhook-findings.js';
import { endInTime } from './end-in-time.js';

/** What running companions have seen of reverse proxies. */
const PROXIES = 'proxies';

/** Prints what it finds, and below each what to do about it. Rejects when something does not work. */
export async function run({ options }: Flags): Promise<void> {
  endInTime(1);
  const context = await openContext({ log: 'silent', ...options });
  try {
    const notes = await readNotes(context.store);
    const findings = [
      ...(await storeFindings(context)),
      ...optionFindings(context),
      // The calls that check the keys count among those of the accounts.
      ...(await apiFindings(context)),
      ...(await accountFindings(context)),
      ...(await webhookFindings(context)),
      ...notes.map(({ text }) => warning(text)),
      ...(notes.some(({ name }) => name === PROXIES)
        ? []
        : [ok('No request of the last week had headers of reverse proxies that do not fit `proxies`.')]),
    ];
    for (const finding of findings) process.stdout.write(lineOf(finding));
    const problems = findings.filter(({ level }) => level === 'problem').length;
    if (problems > 0) throw new Error(`${problems} ${problems === 1 ? 'problem' : 'problems'}`);
  } finally {
    await context.close();
  }
}
