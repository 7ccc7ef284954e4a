import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BadOptions } from '../options.js';

/** Empty where there is none. One that cannot be read is not replaced, which would lock out the owner who knows its token. */
async function read(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    if ((cause as { code?: unknown }).code === 'ENOENT') return '';
    throw new BadOptions(`\`data\`: ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/**
 * The owner's token of an embedded store: made at the first start and kept in its folder, for its owner to read. A file
 * that is empty, as a full disk once left it, is written again.
 */
export async function ownerToken(folder: string): Promise<string> {
  const file = join(folder, 'token');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = await read(file);
  if (kept) return kept;
  const token = randomBytes(24).toString('base64url');
  // Whole or not at all: a name of its own first, the real one when everything is on the disk.
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    await writeFile(draft, `${token}\n`, { mode: 0o600, flush: true });
    // Of two processes that start together one makes the file, and both read what it holds.
    await link(draft, file).catch(async (cause: unknown) => {
      if ((cause as { code?: unknown }).code !== 'EEXIST') await rename(draft, file);
      else if (!(await read(file))) await rename(draft, file);
    });
  } finally {
    await rm(draft, { force: true });
  }
  return (await read(file)) || token;
}
