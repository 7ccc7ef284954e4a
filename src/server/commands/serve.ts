import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BadOptions, createCompanion, type CompanionOptions } from '../index.js';
import { serve } from '../node.js';
import { readOptions } from '../options.js';
import type { Flags } from './configuration.js';

/** With everything in one folder the token is made at the first start and kept there, for its owner to read. */
async function ownToken(folder: string): Promise<string> {
  const file = join(folder, 'token');
  await mkdir(folder, { recursive: true });
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.trim()) return kept.trim();
  const token = randomBytes(24).toString('base64url');
  // Of two processes that start together one writes, and both read what it wrote.
  await writeFile(file, `${token}\n`, { mode: 0o600, flag: 'wx' }).catch((cause: unknown) => {
    if ((cause as { code?: unknown }).code !== 'EEXIST') throw cause;
  });
  return (await readFile(file, 'utf8')).trim();
}

async function withToken(options: CompanionOptions): Promise<CompanionOptions> {
  if (options.token !== undefined || options.database !== undefined) return options;
  return { ...options, token: await ownToken(options.data ?? 'booking-data') };
}

/** A whole number that a flag or a variable says. Throws `BadOptions`. */
function numberOf(
  name: 'port' | 'connections',
  written: Flags['written'],
  { usual, least, most }: { readonly usual: number; readonly least: number; readonly most: number },
): number {
  const value = Number(written[name] ?? usual);
  if (!Number.isInteger(value) || value < least || value > most)
    throw new BadOptions(
      `\`${name}\`: must be a number from ${least} to ${most}, not ${JSON.stringify(written[name])}`,
    );
  return value;
}

/** Answers until SIGINT or SIGTERM; a second signal ends at once. */
export async function run({ options, written }: Flags): Promise<void> {
  const port = numberOf('port', written, { usual: 8787, least: 0, most: 65_535 });
  const connections = numberOf('connections', written, { usual: 20_000, least: 1, most: 1_000_000 });
  const host = written.host ?? '127.0.0.1';
  readOptions(options); // what cannot work leaves nothing behind
  const complete = await withToken(options);
  const companion = await createCompanion(complete);
  const { origin, stop } = await serve(companion, { port, host, connections }).catch(
    async (cause: unknown) => {
      await companion.close();
      throw new Error(`\`port\`: cannot listen on ${host}:${port}: ${(cause as Error).message}`, { cause });
    },
  );
  process.stderr.write(`The companion answers at ${origin}\n`);
  if (complete.token !== options.token)
    process.stderr.write(`The owner’s token is in ${join(options.data ?? 'booking-data', 'token')}\n`);
  await new Promise<void>((resolve, reject) => {
    let asked = false;
    const end = (): void => {
      if (asked) process.exit(1);
      asked = true;
      stop().then(resolve, reject);
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}
