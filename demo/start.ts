import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build-if-stale.js';
import { startCompanion } from './companion.js';
import { galleryApp } from './gallery-app.js';
import { listen, type Listening } from './service/listen.js';
import { startService } from './service/start-service.js';

/**
 * `npm start`: builds the widget if need be, then serves the gallery on http://localhost:4100 and the scheduling
 * service and a companion on the ports after it. `--port N` sets another first port; a port that is in use is replaced by a free one.
 * `--no-sample-data` starts the companion's dashboard without sample data.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MOST_PORTS = 20;

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4100' },
    'no-sample-data': { type: 'boolean', default: false },
  },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_000) {
  say(`--port must be a number from 1 to 65000, not "${values.port}"`);
  process.exit(2);
}

/** The first free port from `from` on that is not one of the service's. */
async function nextFree(open: (port: number) => Promise<Listening>, from: number): Promise<Listening> {
  for (let wanted = from; wanted < from + MOST_PORTS; wanted++) {
    const opened = await open(wanted).catch(() => null);
    if (opened) return opened;
  }
  return open(0);
}

if (!buildIfStale(ROOT, say)) {
  say('The widget could not be built, see above.');
  process.exit(1);
}

const dataDir = fileURLToPath(new URL('../.demo-data', import.meta.url));
const service = await startService({
  ports: { cal: port + 1, calendly: port + 2, plain: port + 3 },
  dataDir,
});
const sampleData = !values['no-sample-data'];
if (sampleData) say('Making sample data for the dashboard …');
const companion = await startCompanion({
  service,
  dataDir: join(dataDir, 'companion'),
  port: port + 4,
  sampleData,
});
const { cal, calendly, plain, control } = service;
const app = galleryApp({ root: ROOT, service: { cal, calendly, plain, control }, companion });
const gallery = await nextFree((wanted) => listen(app, wanted, { exact: true }), port);

process.stdout.write(
  [
    '',
    `  Gallery            http://localhost:${String(gallery.port)}`,
    '',
    `  like Cal.com       ${cal}/acme/30min`,
    `  like Calendly      ${calendly}/acme/30min`,
    `  without messages   ${plain}/book/30min`,
    '',
    `  companion          ${companion.origin}`,
    `  its dashboard      ${companion.origin}/dashboard   token ${companion.token}`,
    ...(sampleData ? ['                     with sample data; --no-sample-data leaves it out'] : []),
    '',
    '  Ctrl-C stops. Bookings are kept in .demo-data/',
    '',
    '',
  ].join('\n'),
);

const stop = (): void => {
  void Promise.all([gallery.close(), service.close(), companion.close()]).then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
