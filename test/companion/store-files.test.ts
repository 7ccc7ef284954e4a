import assert from 'node:assert/strict';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { CAL_SECRET, calBody, SECRETS, signedByCal } from './deliveries.js';
import { openPlace } from './places.js';
import { until } from './until.js';

/** What becomes of the files of a store that is in use. */
const LOSSES: readonly (readonly [about: string, lose: (folder: string) => void])[] = [
  ['was deleted', (folder) => rmSync(folder, { recursive: true })],
  [
    'was overwritten with something else',
    (folder) => {
      for (const name of ['companion.db', 'companion.db-wal', 'companion.db-shm']) {
        const path = join(folder, name);
        writeFileSync(path, Buffer.alloc(statSync(path).size, 'this is no database '));
      }
    },
  ],
];

describe('a companion whose folder', () => {
  for (const [about, lose] of LOSSES)
    it(`${about} is not healthy, acknowledges nothing, and closes`, async () => {
      const place = await openPlace('embedded');
      const companion = await place.companion({ webhooks: SECRETS });
      const healthz = async (): Promise<number> =>
        (await companion.fetch(new Request('http://companion.test/healthz'))).status;
      const deliver = (uid: string): Promise<Response> =>
        companion.fetch(
          signedByCal(calBody('BOOKING_CREATED', uid, Date.parse('2026-03-05T09:00:00Z')), CAL_SECRET),
        );
      assert.equal(await healthz(), 200);
      assert.equal((await deliver('uid-1')).status, 202);
      lose(place.where.data ?? '');
      await until(async () => (await healthz()) === 503);
      await until(async () => (await deliver(`uid-${Math.random()}`)).status === 503);
      await companion.close();
      await place.close();
    });
});
