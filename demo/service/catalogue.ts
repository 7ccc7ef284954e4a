import { createHash } from 'node:crypto';
import { KINDS, LATE, OFFICE, usual } from './event-kinds.js';
import type { EventType, Host } from './event-type.js';

const host = (slug: string, zone: string, name: string, rest: Partial<Host> = {}): Host => ({
  slug,
  zone,
  name,
  team: false,
  about: 'Pick what you would like to talk about.',
  email: `${slug}@example.com`,
  hours: OFFICE,
  diary: slug,
  ...rest,
});

const HOSTS: readonly Host[] = [
  host('acme', 'Europe/Berlin', 'Acme Studio', { about: 'Design and engineering for small teams.' }),
  host('bella', 'Europe/Berlin', 'Bella Brandt', { hours: LATE }),
  host('nora', 'America/New_York', 'Nora Quinn', { hours: LATE }),
  host('asha', 'Asia/Kolkata', 'Asha Rao', { hours: LATE }),
  host('mere', 'Pacific/Chatham', 'Mere Tuhoe'),
  host('leilani', 'Pacific/Kiritimati', 'Leilani Kaua'),
  host('sol', 'Pacific/Pago_Pago', 'Sol Tausaga'),
  host('howe', 'Australia/Lord_Howe', 'Howe Island Office'),
  host('book', 'Europe/London', 'Corner Practice'),
  host('sales', 'America/New_York', 'Acme Sales', { team: true, hours: LATE }),
];

/** Members of this organisation; `test-` hosts belong to any organisation that is named `test-…` too. */
const ORGANIZATIONS: Readonly<Record<string, readonly string[]>> = {
  'acme-inc': ['acme', 'bella', 'nora', 'sales'],
};

/** Old names that redirect, as a renamed account does. */
export const RENAMED: Readonly<Record<string, string>> = { 'acme-old': 'acme' };

const TEST_NAME = /^test-[a-z0-9-]{1,60}$/i;

export const isTestName = (slug: string): boolean => TEST_NAME.test(slug);

/** Ids look like a real service's and stay the same from run to run. */
const idOf = (key: string): number =>
  (createHash('sha256').update(key).digest().readUInt32BE(0) % 9_000_000) + 1_000_000;

/** Hosts, teams and their event types. Any host or team named `test-…` exists: it is a copy of Acme with its own bookings. */
export class Catalogue {
  readonly #byId = new Map<number, EventType>();

  constructor() {
    for (const each of HOSTS) this.eventTypes(each);
  }

  host(
    slug: string,
    { team = false, organization }: { team?: boolean; organization?: string } = {},
  ): Host | null {
    if (organization !== undefined && !this.#isMember(slug, organization)) return null;
    const known = HOSTS.find((each) => each.slug === slug && each.team === team);
    if (known) return known;
    if (!TEST_NAME.test(slug)) return null;
    const name = slug.replace(/[-_]+/g, ' ');
    return host(slug, 'Europe/Berlin', name.charAt(0).toUpperCase() + name.slice(1), { team, diary: 'acme' });
  }

  /** What a host offers, in the order a profile page lists it. */
  eventTypes(owner: Host): EventType[] {
    return KINDS.filter((kind) => owner.team || !kind.team).map((kind) => {
      const key = `${owner.team ? 'team/' : ''}${owner.slug}/${kind.slug}`;
      const event: EventType = { ...kind, key, id: idOf(key), hosts: [owner] };
      this.#byId.set(event.id, event);
      return event;
    });
  }

  eventType(owner: Host, slug: string): EventType | null {
    return this.eventTypes(owner).find((event) => event.slug === slug) ?? null;
  }

  byKey(key: string): EventType | null {
    const [first = '', second = '', third] = key.split('/');
    const team = first === 'team' && third !== undefined;
    const owner = team ? this.host(second, { team }) : this.host(first);
    return owner && this.eventType(owner, team ? third : second);
  }

  byId(id: number): EventType | null {
    return this.#byId.get(id) ?? null;
  }

  /** Several people at once: free when all of them are. */
  group(owners: readonly Host[], duration: number): EventType | null {
    const [first, ...others] = owners;
    if (!first) return null;
    const key = owners.map((each) => each.slug).join('+');
    return {
      ...usual,
      key,
      id: 0,
      slug: 'dynamic',
      title: `Meeting with ${owners.map((each) => each.name).join(' and ')}`,
      description: '',
      durations: [duration],
      hosts: [first, ...others],
    };
  }

  #isMember(slug: string, organization: string): boolean {
    return (
      ORGANIZATIONS[organization]?.includes(slug) ?? (TEST_NAME.test(organization) && TEST_NAME.test(slug))
    );
  }
}

/** The host's name in a key: what isolates one test from another. */
export const ownerOf = (key: string): string => {
  const [first = '', second = ''] = key.split('/');
  return first === 'team' ? second : first;
};
