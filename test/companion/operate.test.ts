import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { record } from '../../src/server/bookings/bookings.js';
import type { EngineName } from '../../src/server/store/store.js';
import { fencesOf, type Fence } from '../../tools/guide-fences.js';
import { program } from '../../tools/program.js';
import { runCli, type CliRun } from './cli-run.js';
import { fakeUpstream, json, type FakeUpstream } from './fake-upstream.js';
import { openPlace, type Place } from './places.js';

const TOKEN = 'a-token-for-this-test';
const NOW = Date.now();
const folder = mkdtempSync(join(tmpdir(), 'operate-'));
const places: Place[] = [];
const upstreams: FakeUpstream[] = [];
const runs: CliRun[] = [];
after(async () => {
  for (const { child } of runs) child.kill('SIGKILL');
  for (const each of [...places, ...upstreams]) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

/** `npx` that runs the companion of these sources, found before the real one. */
function pathWithNpx(): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const { options, file } = program(new URL('../../src/server/bin.ts', import.meta.url));
  writeFileSync(
    join(bin, 'npx'),
    `#!/bin/sh\n[ "$1" = booking-widget-companion ] || exit 64\nshift\nexec "${process.execPath}" ${[...options, file].map((word) => `"${word}"`).join(' ')} "$@"\n`,
  );
  chmodSync(join(bin, 'npx'), 0o755);
  return `${bin}:${process.env['PATH'] ?? ''}`;
}

const fences = fencesOf('operate.md', readFileSync('docs/operate.md', 'utf8'));
const wordsOf = ({ shows }: Fence): string[] => shows.split(/, */);

/** Runs a fence as somebody pastes it into a shell; it fails with the first command that fails. */
async function paste(fence: Fence, env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn('sh', ['-euxc', fence.text], { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (said += part.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  assert.equal(code, 0, `docs/operate.md line ${fence.line} works:\n${said}`);
  return said;
}

async function serve(env: Readonly<Record<string, string>>): Promise<[run: CliRun, origin: string]> {
  const run = runCli(['serve', '--port', '0'], env);
  runs.push(run);
  const [, origin = ''] = await run.output(/answers at (\S+)/);
  return [run, origin];
}

async function stop({ child, ended }: CliRun): Promise<void> {
  child.kill('SIGTERM');
  assert.equal((await ended).code, 0);
}

async function bookings(place: Place): Promise<string[]> {
  const companion = await place.companion({ token: TOKEN });
  const response = await companion.fetch(
    new Request(`http://companion.test/v1/bookings?from=${new Date(NOW - 1000).toISOString()}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    }),
  );
  const read = (await response.json()) as { bookings: { id: string }[] };
  await companion.close();
  return read.bookings.map(({ id }) => id).sort();
}

async function book(place: Place, id: string): Promise<void> {
  const companion = await place.companion(); // makes the tables
  const store = await place.store();
  const start = NOW + 3_600_000;
  await record(store, [
    {
      provider: 'cal',
      id,
      source: 'webhook',
      at: NOW,
      state: 'accepted',
      start,
      end: start + 60_000,
      account: '',
    },
  ]);
  await store.close();
  await companion.close();
}

describe('docs/operate.md', () => {
  it('has no command that no test runs', () => {
    const shell = fences.filter(({ language }) => language !== 'json');
    assert.ok(shell.length > 5);
    for (const fence of shell) {
      assert.equal(fence.language, 'sh');
      const known = wordsOf(fence).filter((word) => /^(embedded|postgres)$/.test(word));
      assert.ok(known.length > 0, `line ${fence.line} names a store to be run on`);
    }
  });

  for (const engine of ['embedded', 'postgres'] satisfies EngineName[])
    it(`runs from start to end, and a restored backup has what was in it (${engine})`, async () => {
      const place = await openPlace(engine);
      places.push(place);
      const upstream = await fakeUpstream(() =>
        json({ status: 'success', data: [], pagination: { hasNextPage: false } }),
      );
      upstreams.push(upstream);
      const backups = mkdtempSync(join(folder, 'backups-'));
      const account = {
        provider: 'cal',
        key: 'cal_live_0123456789',
        pages: ['https://cal.com/acme'],
        api: upstream.origin,
      };
      await book(place, 'before-the-backup');
      await book(place, 'to-be-removed');
      const env: Record<string, string> = {
        PATH: pathWithNpx(),
        BACKUPS: backups,
        BOOKING_ID: 'to-be-removed',
        BOOKING_UPSTREAMS: JSON.stringify([account]),
        BOOKING_SYNC_EVERY: '0',
        CAL_WEBHOOK_SECRET: 'a-secret-for-this-test',
        BOOKING_ALERTS: 'https://hooks.example/x',
        BOOKING_ALERTS_PUBLIC_URL: 'https://companion.example',
        ...(place.where.data !== undefined && { BOOKING_DATA: place.where.data }),
        ...(place.where.database !== undefined && {
          DATABASE_URL: place.where.database,
          BOOKING_TOKEN: TOKEN,
        }),
      };
      let [run, origin] = await serve(env);
      const token = () =>
        place.where.data === undefined ? TOKEN : readFileSync(join(place.where.data, 'token'), 'utf8').trim();
      const pasted = async (fence: Fence): Promise<string> =>
        paste(fence, { ...env, COMPANION: origin, BOOKING_TOKEN: token() });
      for (const fence of fences.filter((one) => wordsOf(one).includes(engine))) {
        if (!wordsOf(fence).includes('stopped')) {
          await pasted(fence);
          continue;
        }
        const before = token();
        await stop(run);
        await book(place, 'after-the-backup');
        assert.deepEqual(await bookings(place), ['after-the-backup', 'before-the-backup', 'to-be-removed']);
        await paste(fence, env);
        assert.deepEqual(await bookings(place), ['before-the-backup', 'to-be-removed']);
        [run, origin] = await serve(env);
        assert.equal(token(), before);
      }
      await stop(run);
      assert.deepEqual(await bookings(place), ['before-the-backup']);
    });
});
