import { parseArgs } from 'node:util';
import { startService } from './start-service.js';

/**
 * `node --import tsx demo/service/main.ts [--port N] [--data DIR] [--from ISO]`: three origins from port N on (free
 * ones without it), times from the given instant on (without it from now on). Prints one line of JSON with their addresses. Webhooks: `BOOKING_WEBHOOK_URLS` (separated by commas) and
 * `BOOKING_WEBHOOK_SECRET`.
 */
const { values } = parseArgs({
  options: { port: { type: 'string' }, data: { type: 'string' }, from: { type: 'string' } },
});
const port = Number(values.port ?? 0);
if (!Number.isInteger(port) || port < 0 || port > 65_533) {
  process.stderr.write(`--port must be a number from 0 to 65533, not "${values.port ?? ''}"\n`);
  process.exit(2);
}
const offeredFrom = values.from === undefined ? 0 : Date.parse(values.from);
if (Number.isNaN(offeredFrom)) {
  process.stderr.write(
    `--from must be an instant such as 2026-12-01T00:00:00Z, not "${values.from ?? ''}"\n`,
  );
  process.exit(2);
}
const secret = process.env['BOOKING_WEBHOOK_SECRET'];
const urls = (process.env['BOOKING_WEBHOOK_URLS'] ?? '').split(',').filter(Boolean);

const { cal, calendly, plain, control, close } = await startService({
  ...(port > 0 && { ports: { cal: port, calendly: port + 1, plain: port + 2 } }),
  ...(values.data !== undefined && { dataDir: values.data }),
  offeredFrom,
  webhooks: urls.map((url) => ({ url, ...(secret && { secret }) })),
  log: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${JSON.stringify({ cal, calendly, plain, control })}\n`);
// The first page would otherwise wait for the build tool that takes the types out of its scripts.
void fetch(`${cal}/__page/booker.js`).catch(() => undefined);

const stop = (): void => {
  void close().then(() => process.exit(0));
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
