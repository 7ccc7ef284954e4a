import { DOCTOR_CLOCK_TOLERANCE_MS, DOCTOR_TIMEOUT_MS } from '../../durations.js';
import { USER_AGENT } from '../../http/user-agent.js';
import type { OpenContext } from '../../open-context.js';
import { KEY_CHECKS } from '../../upstreams/key-checks.js';
import { UpstreamFailure, type Upstream } from '../../upstreams/upstream.js';
import type { UpstreamSettings } from '../../upstreams/upstream-options.js';
import { ok, problem, warning, type Finding } from './finding.js';

/** Whether the API answers at all, without the key, and by how many milliseconds this machine's clock is ahead of it. */
async function reach(api: string): Promise<{ readonly ahead: number | null }> {
  const response = await fetch(api, {
    headers: { 'user-agent': USER_AGENT },
    redirect: 'manual',
    signal: AbortSignal.timeout(DOCTOR_TIMEOUT_MS),
  });
  await response.body?.cancel();
  const theirs = Date.parse(response.headers.get('date') ?? '');
  return { ahead: Number.isNaN(theirs) ? null : Date.now() - theirs };
}

function clockFinding(api: string, ahead: number | null): Finding[] {
  if (ahead === null) return [];
  const apart = Math.round(Math.abs(ahead) / 1000);
  if (Math.abs(ahead) <= DOCTOR_CLOCK_TOLERANCE_MS) return [ok(`The clock agrees with that of ${api}.`)];
  return [
    problem(
      `The clock is ${apart} s ${ahead > 0 ? 'ahead of' : 'behind'} that of ${api}.`,
      'Synchronise this machine with NTP: beyond three minutes deliveries of Calendly are refused.',
    ),
  ];
}

/** One call with the key, within the budget. */
async function keyFindings({ ask, account }: Upstream, one: UpstreamSettings): Promise<Finding[]> {
  const check = KEY_CHECKS[one.provider](one);
  if (check === undefined) return [];
  try {
    await ask({ operation: 'profile', path: check.path, who: 'doctor', background: true });
  } catch (cause) {
    if (!(cause instanceof UpstreamFailure)) throw cause;
    const { code, status } = cause;
    if (code === 'refused' && (status === 401 || status === 403))
      return [
        problem(
          `${account}: the service refuses the key (${status}).`,
          `Create a new one at ${one.provider} and set it as \`${check.option}\`.`,
        ),
      ];
    // Another refusal is about the request: the key was accepted.
    if (code !== 'refused' && code !== 'not-found')
      return [
        warning(
          `${account}: the key cannot be checked: ${cause.message}.`,
          'Run `doctor` again in a minute; if it stays so, look at the status page of the service.',
        ),
      ];
  }
  return [ok(`${account}: the service accepts the key.`)];
}

async function findingsOf(upstream: Upstream, one: UpstreamSettings): Promise<Finding[]> {
  const { origin } = new URL(one.api);
  let ahead: number | null;
  try {
    ({ ahead } = await reach(one.api));
  } catch {
    return [
      problem(
        `${upstream.account}: ${origin} cannot be reached.`,
        'See whether this machine resolves the name, and whether a firewall lets the request out.',
      ),
    ];
  }
  return [
    ok(`${upstream.account}: ${origin} can be reached.`),
    ...clockFinding(origin, ahead),
    ...(await keyFindings(upstream, one)),
  ];
}

/** Whether each API can be reached and accepts its key, and what its clock says. */
export async function apiFindings({
  settings,
  upstreams,
}: Pick<OpenContext, 'settings' | 'upstreams'>): Promise<Finding[]> {
  const accounts = settings.upstreams.flatMap((one, i) => {
    const upstream = upstreams.all[i];
    return upstream ? [findingsOf(upstream, one)] : [];
  });
  return (await Promise.all(accounts)).flat();
}
