import { ExponentialBackoff, handleAll, retry, timeout, TimeoutStrategy, wrap } from 'cockatiel';
import { NOTICE_TIMEOUT_MS, NOTICE_TOO_LATE_MS } from '../durations.js';
import type { Context } from '../feature.js';
import { USER_AGENT } from '../http/user-agent.js';
import type { AlertSettings } from './alert-options.js';
import type { Notice } from './episodes.js';
import { payloadOf } from './payloads.js';
import type { AlertTables } from './schema.js';

/** Posts one notice. Rejects when the receiver does not take it. */
export async function postNotice(
  settings: AlertSettings,
  id: string,
  notice: Notice,
  signal: AbortSignal = AbortSignal.timeout(NOTICE_TIMEOUT_MS),
): Promise<void> {
  const response = await fetch(settings.url, {
    method: 'POST',
    headers: {
      ...settings.headers,
      'content-type': 'application/json',
      'user-agent': USER_AGENT,
      // A receiver that wants each notice once can tell a second attempt by it.
      'idempotency-key': id,
    },
    body: JSON.stringify(payloadOf(id, notice, settings)),
    signal,
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the receiver of alerts answered ${response.status}`);
}

/**
 * Sends the stored notices, oldest first. What does not arrive stays written down, for the next time. Before each notice
 * `isMine` says whether this instance is still the one that sends.
 */
export function noticeSender(
  { store, log, draining, now }: Pick<Context, 'store' | 'log' | 'draining' | 'now'>,
  settings: AlertSettings,
  {
    firstRetry = 1000,
    isMine = () => Promise.resolve(true),
  }: { readonly firstRetry?: number; readonly isMine?: () => Promise<boolean> } = {},
): () => Promise<void> {
  const policy = wrap(
    retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: firstRetry }) }),
    timeout(NOTICE_TIMEOUT_MS, TimeoutStrategy.Aggressive),
  );
  const db = store.tables<AlertTables>();

  return async () => {
    await db
      .deleteFrom('alert_notice')
      .where('at', '<', now() - NOTICE_TOO_LATE_MS)
      .execute();
    const waiting = await db.selectFrom('alert_notice').selectAll().orderBy('at').limit(50).execute();
    for (const { id, notice } of waiting) {
      if (draining.aborted || !(await isMine())) return;
      try {
        await policy.execute(
          ({ signal }) => postNotice(settings, id, JSON.parse(notice) as Notice, signal),
          draining,
        );
      } catch (cause) {
        log.warn({ err: cause }, 'an alert could not be sent');
        return;
      }
      await db.deleteFrom('alert_notice').where('id', '=', id).execute();
    }
  };
}
