import type { OpenContext } from '../../open-context.js';
import { readStatus } from '../../status.js';
import { ok, problem, warning, type Finding } from './finding.js';

/** How the accounts and the queue did lately, in all instances together. */
export async function accountFindings(context: OpenContext): Promise<Finding[]> {
  const { upstreams, queue } = await readStatus(context);
  const findings = upstreams.map(({ account, breaker, failures, lastFailure, used, budget }): Finding => {
    if (lastFailure?.code === 'refused' && failures > 0)
      return problem(
        `${account}: the service has refused the key, ${failures} times in a row.`,
        'See whether it was revoked; create a new one and set it.',
      );
    if (breaker !== 'closed' || failures > 0)
      return problem(
        `${account}: ${failures} failures in a row${lastFailure ? `, last "${lastFailure.code}"` : ''}; breaker ${breaker}.`,
        'Look at the status page of the service; the companion tries again by itself.',
      );
    return ok(`${account}: ${used} of ${budget} calls used in the last minute.`);
  });
  if (queue.failed > 0)
    findings.push(
      warning(
        `${queue.failed} jobs were given up.`,
        'GET /v1/queue shows why; POST /v1/queue/retry tries them again.',
      ),
    );
  return findings;
}
