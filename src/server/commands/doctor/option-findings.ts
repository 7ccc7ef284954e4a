import type { OpenContext } from '../../open-context.js';
import { ok, warning, type Finding } from './finding.js';

/** What can be started with, and is better set otherwise. */
export function optionFindings({ settings }: Pick<OpenContext, 'settings'>): Finding[] {
  const { token, database, upstreams, alerts, origins } = settings;
  const findings = [ok('The configuration can be used.')];
  if (token === undefined && database !== undefined)
    findings.push(
      warning(
        '`token` is not set: everything that only the owner may read is closed.',
        'Set BOOKING_TOKEN to 16 characters or more, such as those of `openssl rand -hex 24`.',
      ),
    );
  if (upstreams.some(({ provider, pages }) => provider === 'cal' && pages.length === 0))
    findings.push(
      warning(
        '`pages` is not set for Cal.com: strangers can use up the budget with pages of their own.',
        'List the addresses of your scheduling pages as `pages` of the account.',
      ),
    );
  if (
    origins.includes('*') &&
    upstreams.some((one) => one.provider === 'calendly' && one.nativeBooking !== false)
  )
    findings.push(
      warning(
        '`origins` is `*` or not set, and bookings are taken by API: any site can send bookings.',
        'List the origins of your pages, such as https://www.example.com, as `origins`.',
      ),
    );
  if (!alerts)
    findings.push(
      warning(
        '`alerts` is not set: nobody is notified when something is wrong.',
        'Set BOOKING_ALERTS to the address of a webhook of your chat or monitoring system.',
      ),
    );
  else if (alerts.publicUrl === undefined)
    findings.push(
      warning(
        '`alerts.publicUrl` is not set: notices have no link to the dashboard.',
        'Set BOOKING_ALERTS_PUBLIC_URL to the address at which you open the companion.',
      ),
    );
  return findings;
}
