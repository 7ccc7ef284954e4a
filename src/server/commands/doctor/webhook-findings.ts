import type { OpenContext } from '../../open-context.js';
import type { ProviderName } from '../../upstreams/upstream.js';
import { webhookOverview, type WebhookOverview } from '../../webhooks/overview.js';
import { ok, warning, type Finding } from './finding.js';

const VARIABLE: Readonly<Record<ProviderName, string>> = {
  cal: 'CAL_WEBHOOK_SECRET',
  calendly: 'CALENDLY_WEBHOOK_SECRET',
};

/** Shorter secrets can be guessed. */
const MIN_SECRET = 16;

/** What to do about a delivery that was refused, by its code. */
const FIXES: Readonly<Record<string, string>> = {
  'no-signature': 'Set a secret at the provider: without one it signs nothing.',
  'bad-signature': 'Set the same secret at the provider and here.',
  'stale-signature': 'Synchronise the clock of this machine with NTP.',
  'no-webhook-secret': 'Set the secret here, and start the companion again.',
};

const moment = (at: number): string => new Date(at).toISOString();

function deliveryFinding({ provider, path, lastGood, lastRefused }: WebhookOverview): Finding {
  if (lastRefused && lastRefused.at > (lastGood ?? 0))
    return warning(
      `${provider}: the latest delivery was refused at ${moment(lastRefused.at)}: ${lastRefused.why}`,
      FIXES[lastRefused.code] ?? 'See what sends it: the provider, or a stranger.',
    );
  if (lastGood === null)
    return warning(
      `${provider}: no delivery has arrived yet.`,
      `Add a webhook at the provider with the address of the companion and ${path}, then run \`webhooks test\`.`,
    );
  return ok(`${provider}: the latest delivery was understood at ${moment(lastGood)}.`);
}

/** Secrets of deliveries, and what came of the deliveries; of providers that have an account or a secret. */
export async function webhookFindings(context: Pick<OpenContext, 'store' | 'settings'>): Promise<Finding[]> {
  const { upstreams, webhooks } = context.settings;
  const all = await webhookOverview(context);
  return all
    .filter(({ provider, hasSecret }) => hasSecret || upstreams.some((one) => one.provider === provider))
    .flatMap((one): Finding[] => {
      const { provider, hasSecret } = one;
      if (!hasSecret)
        return [
          warning(
            `${provider}: there is no secret, so its deliveries are refused and booked slots stay until they are read again.`,
            `Set ${VARIABLE[provider]} here and at the provider.`,
          ),
        ];
      const isShort = (webhooks[provider] ?? []).some((secret) => secret.length < MIN_SECRET);
      return [
        ...(isShort
          ? [
              warning(
                `${provider}: a secret of deliveries has fewer than ${MIN_SECRET} characters.`,
                'Replace it by a longer one, such as that of `openssl rand -hex 24`.',
              ),
            ]
          : []),
        deliveryFinding(one),
      ];
    });
}
