// `node --import tsx tools/with-postgres.ts command…`: runs a command with a PostgreSQL server beside it, named in the
// environment together with stores to copy, and stops the server when the command has ended.
import { spawn } from 'node:child_process';
import { startPostgres, URL_VARIABLE } from './postgres.js';
import { makeStoreTemplates } from './store-templates.js';

const [program = '', ...words] = process.argv.slice(2);
const postgres = await startPostgres().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exit(1);
});
const templates = await makeStoreTemplates(postgres.url);
const child = spawn(program, words, {
  stdio: 'inherit',
  env: { ...process.env, [URL_VARIABLE]: postgres.url, ...templates.env },
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
process.exitCode = await new Promise<number>((resolve) => {
  child.on('error', () => resolve(1));
  child.on('exit', (code) => resolve(code ?? 1));
});
await templates.remove();
await postgres.stop();
