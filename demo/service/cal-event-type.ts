import type { SlotsAddress } from './cal-slots-query.js';
import type { EventType } from './event-type.js';
import type { Service } from './service.js';

/** Finds the event type, or returns the API's error message. */
export function findEventType(service: Service, address: SlotsAddress): EventType | string {
  const { catalogue } = service;
  if (address.by === 'id') return catalogue.byId(address.id) ?? 'Event Type not found';
  if (address.by === 'group') {
    const { organization } = address;
    const owners = address.owners.map((name) => catalogue.host(name, { organization }));
    const missing = owners.indexOf(null);
    if (missing >= 0) return `User with username ${address.owners[missing] ?? ''} not found`;
    return (
      catalogue.group(
        owners.flatMap((owner) => owner ?? []),
        30,
      ) ?? 'Event Type not found'
    );
  }
  const team = address.by === 'team';
  const where = { team, ...(address.organization !== undefined && { organization: address.organization }) };
  const owner = catalogue.host(address.owner, where);
  if (!owner) {
    return team
      ? `Team with slug ${address.owner} not found`
      : `User with username ${address.owner} not found`;
  }
  return catalogue.eventType(owner, address.slug) ?? 'Event Type not found';
}
