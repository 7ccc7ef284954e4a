import { chmod, link, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { BadOptions, readOptions } from '../options.js';
import { copyEmbedded } from '../store/copy-embedded.js';
import type { Flags } from './configuration.js';
import { endInTime } from './end-in-time.js';
import type { FlagTable } from './flags.js';

export const flags = {
  to: { type: 'string', about: 'the file to write; it must not exist', variable: 'BOOKING_BACKUP_TO' },
} as const satisfies FlagTable;

/** Copies the embedded store as it is at one moment. The file appears when it is complete, for its owner only. */
export async function run({ options, written }: Flags): Promise<void> {
  endInTime(1);
  const { data, database } = readOptions(options);
  if (database !== undefined)
    throw new BadOptions(
      '`backup` copies the embedded store; of a PostgreSQL database `pg_dump` makes backups',
    );
  if (!written['to']) throw new BadOptions('`to`: say into which file, such as --to booking.db');
  const to = resolve(written['to']);
  const draft = await mkdtemp(join(dirname(to), '.booking-backup-')).catch((cause: unknown) => {
    const { code } = cause as { code?: unknown };
    throw new BadOptions(`\`to\`: nothing can be written in the folder ${dirname(to)}: ${String(code)}`, {
      cause,
    });
  });
  try {
    const file = join(draft, 'copy.db');
    await copyEmbedded(data, file);
    await chmod(file, 0o600);
    await link(file, to).catch((cause: unknown) => {
      throw (cause as { code?: unknown }).code === 'EEXIST' ? new BadOptions(`\`to\`: ${to} exists`) : cause;
    });
    process.stdout.write(`${to}\n`);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
