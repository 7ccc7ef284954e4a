import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const read = async (file: string): Promise<string> => (await readFile(file, 'utf8').catch(() => '')).trim();

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
