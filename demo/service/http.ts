import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { setTimeout as wait } from 'node:timers/promises';
import type { Knobs } from './knobs.js';

/** What a handler knows about its request. */
export interface Env {
  Bindings: HttpBindings;
  Variables: {
    /** Event type (or host) the request is about; empty when it is unknown. */
    key: string;
    knobs: Knobs;
    /** The body of a POST or PATCH, parsed; null when it is not JSON. */
    body: unknown;
  };
}

export const queryOf = (c: Context<Env>): URLSearchParams => new URL(c.req.url).searchParams;

/** Closes the connection without a response. */
export function hangUp(c: Context<Env>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** Holds the connection open until the client closes it. */
export async function neverAnswer(c: Context<Env>): Promise<Response> {
  const { socket } = c.env.incoming;
  await new Promise<void>((resolve) => {
    if (socket.destroyed) resolve();
    else socket.once('close', () => resolve());
  });
  return RESPONSE_ALREADY_SENT;
}

/** Waits, but not longer than the client keeps the connection open. */
export async function keepWaiting(c: Context<Env>, ms: number): Promise<void> {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  c.env.incoming.socket.once('close', leave);
  await wait(ms, undefined, { signal: gone.signal }).catch(() => undefined);
  c.env.incoming.socket.off('close', leave);
}

/** Reads a JSON body; null for anything else. */
export const jsonOf = (c: Context<Env>): Promise<unknown> => c.req.json<unknown>().catch(() => null);

/** A field of something that may not even be an object. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;

const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;

/** The other side's address; every spelling of this machine is one address. */
export const addressOf = (c: Context<Env>): string => {
  const address = c.env.incoming.socket.remoteAddress ?? '';
  return LOOPBACK.test(address) ? '127.0.0.1' : address;
};

/** The path of a scheduling page in parts, without a last `embed`; null for what is no http(s) address. */
export const pathOf = (src: string): string[] | null => {
  if (!URL.canParse(src)) return null;
  const { protocol, pathname } = new URL(src);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  const parts = pathname.split('/').filter(Boolean);
  return parts.at(-1) === 'embed' ? parts.slice(0, -1) : parts;
};
