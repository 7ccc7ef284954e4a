import * as z from 'zod';
import { LIST_ASK_AGAIN_MS, LIST_KNOWN_MS } from '../durations.js';
import { MAX_EVENT_AGE } from '../../scheduling/freshness.js';
import { UpstreamFailure } from './upstream.js';

/** Something worth remembering for all instances. */
export interface Memory {
  read(name: string): Promise<unknown>;
  write(name: string, value: unknown, ms: number): Promise<void>;
  /** Does something while no other instance does the same; the others wait. */
  alone<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

interface KnownListOptions<Item> {
  readonly memory: Memory;
  readonly now: () => number;
  /** What one of the list has to look like when it is remembered. */
  readonly item: z.ZodType<Item>;
  /** Asks for the whole list. */
  readonly list: () => Promise<readonly Item[]>;
}

interface Known<Item> {
  readonly at: number;
  readonly types: readonly Item[];
}

/** How long the list is fresh, in milliseconds: a changed length has to be seen. */
const FRESH_FOR = MAX_EVENT_AGE;

const NAME = 'event types';

/**
 * An account's event types, requested once for all instances. Gives how to find those that fit; a list without any is
 * requested again, unless it is young. Rejects as `list` does.
 */
export function knownList<Item>({
  memory,
  now,
  item,
  list,
}: KnownListOptions<Item>): (fits: (one: Item) => boolean) => Promise<readonly Item[]> {
  const schema = z.object({ at: z.number(), types: z.array(item) });
  let listing: Promise<Known<Item>> | undefined;

  /** What is known already, if it has what is looked for. */
  async function recall(fits: (one: Item) => boolean): Promise<Known<Item> | undefined> {
    const { success, data } = schema.safeParse(await memory.read(NAME));
    const age = success ? now() - data.at : Infinity;
    return success && (age <= LIST_ASK_AGAIN_MS || (data.types.some(fits) && age < FRESH_FOR))
      ? data
      : undefined;
  }

  const listAlone = (fits: (one: Item) => boolean): Promise<Known<Item>> =>
    memory.alone(NAME, async () => {
      const known = await recall(fits);
      if (known) return known;
      const types = await list().catch(async (cause: unknown) => {
        const { success, data } = schema.safeParse(await memory.read(NAME));
        if (!(cause instanceof UpstreamFailure) || !success || !data.types.some(fits)) throw cause;
        return data.types;
      });
      const fresh = { at: now(), types };
      await memory.write(NAME, fresh, LIST_KNOWN_MS);
      return fresh;
    });

  return async (fits) => {
    const known =
      (await recall(fits)) ?? (await (listing ??= listAlone(fits).finally(() => (listing = undefined))));
    return known.types.filter(fits);
  };
}
