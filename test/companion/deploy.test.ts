import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { OPERATIONS } from '../../src/server/openapi/operations.js';
import { withEnvironment } from '../../src/server/commands/environment.js';
import { COMMON_FLAGS } from '../../src/server/commands/flags.js';
import { flags as SERVE_FLAGS } from '../../src/server/commands/serve.js';
import { readOptions } from '../../src/server/options.js';
import { freePort } from '../../tools/webkit-driver.js';
import { runCli, type CliRun } from './cli-run.js';
import { assignments, compose, dockerfile, instruction, read, unit } from './deploy-files.js';
import { calSlots, fakeUpstream, type FakeUpstream } from './fake-upstream.js';
import { openPlace, type Place } from './places.js';
import { until } from './until.js';

const folder = mkdtempSync(join(tmpdir(), 'deploy-'));
const places: Place[] = [];
const upstreams: FakeUpstream[] = [];
const runs: CliRun[] = [];
const children: ChildProcess[] = [];
after(async () => {
  for (const { child } of runs) child.kill('SIGKILL');
  // With SIGKILL nginx would leave its workers behind.
  for (const child of children) child.kill('SIGTERM');
  for (const each of [...places, ...upstreams]) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

const has = (program: string, ...words: string[]): boolean => spawnSync(program, words).error === undefined;

/** Variables of flags; those of options are known by what they set. */
const OF_FLAGS = new Set(
  Object.values({ ...COMMON_FLAGS, ...SERVE_FLAGS }).flatMap((flag) =>
    'variable' in flag ? [flag.variable as string] : [],
  ),
);
const NODES = ['NODE_ENV'];

/** Fails where the companion does not know a variable. */
async function assertKnown(variable: string): Promise<void> {
  if (OF_FLAGS.has(variable) || NODES.includes(variable)) return;
  const options = await withEnvironment({}, { [variable]: '1' });
  assert.notDeepEqual(options, {}, `the companion reads ${variable}`);
}

const BIN = /booking-widget-companion\/(dist\/esm\/server\/bin)\.js/;
const isRoute = (path: string): boolean =>
  OPERATIONS.some((one) => one.method === 'get' && one.path === path);

describe('integrations/deploy', () => {
  it('has a Dockerfile whose files, scripts, variables and paths exist, and that runs as somebody without rights', async () => {
    const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object }).scripts;
    for (const [name, rest] of dockerfile) {
      const [, script] = /npm run ([\w:-]+)/.exec(rest) ?? [];
      if (script !== undefined) assert.ok(script in scripts, script);
      if (name !== 'COPY' || rest.startsWith('--from')) continue;
      for (const source of rest.split(' ').slice(0, -1)) assert.ok(existsSync(source), source);
    }
    const variables = assignments(instruction('ENV'));
    for (const name of Object.keys(variables)) await assertKnown(name);
    assert.equal(instruction('EXPOSE'), variables['PORT']);
    assert.equal(instruction('VOLUME'), variables['BOOKING_DATA']);
    assert.equal(instruction('USER'), 'node');
    const [, bin] = BIN.exec(instruction('ENTRYPOINT')) ?? [];
    assert.ok(bin !== undefined && existsSync(`${bin.replace('dist/esm', 'src')}.ts`), bin);
  });

  it('has a compose file whose variables, secrets, files and ports exist', async () => {
    const { services, secrets } = compose;
    const companions = Object.entries(services).filter(([name]) => name.startsWith('companion-'));
    assert.equal(companions.length, 3);
    for (const [, service] of companions) {
      assert.equal(service.read_only, true);
      assert.ok(existsSync(service.build?.dockerfile ?? ''));
      assert.deepEqual(service.expose, [instruction('EXPOSE')]);
      for (const [name, value] of Object.entries(service.environment ?? {})) {
        await assertKnown(name.replace(/_FILE$/, ''));
        if (name.endsWith('_FILE'))
          assert.ok(service.secrets?.includes(value.replace('/run/secrets/', '')), `${name} is a secret`);
      }
    }
    for (const [name, { secrets: used = [], depends_on: needed = {}, volumes = [] }] of Object.entries(
      services,
    )) {
      for (const secret of used) assert.ok(secret in secrets, `${name}: ${secret}`);
      for (const other of Object.keys(needed)) assert.ok(other in services, `${name}: ${other}`);
      for (const volume of volumes.filter((one) => one.startsWith('./')))
        assert.ok(existsSync(volume.split(':')[0] ?? ''), volume);
    }
  });

  it('has an nginx and a Cloudflare configuration that name companions, ports and routes that exist', () => {
    const conf = read('nginx.conf');
    const upstream = [...conf.matchAll(/^\s*server (companion-\d):(\d+)/gm)];
    assert.deepEqual(
      upstream.map(([, name]) => name),
      Object.keys(compose.services).filter((name) => name.startsWith('companion-')),
    );
    assert.ok(upstream.every(([, , port]) => port === instruction('EXPOSE')));
    for (const [, path = ''] of conf.matchAll(/location = (\/\S+)/g)) assert.ok(isRoute(path), path);
    const [, pattern = ''] = /location ~ (\S+) \{/.exec(conf) ?? [];
    const cached = OPERATIONS.filter(
      ({ method, path }) => method === 'get' && new RegExp(pattern).test(path),
    );
    assert.ok(cached.length >= 5);
    for (const { path, owner = false } of cached) assert.equal(owner, false, `${path} is for everybody`);
    const rules = JSON.parse(read('cloudflare-cache-rules.json')) as { rules: { expression: string }[] };
    for (const { expression } of rules.rules)
      for (const [, path = ''] of expression.matchAll(/"(\/[^"]*)"/g))
        assert.ok(isRoute(path) || /^\/booking-widget(\.all)?\.js$/.test(path), path);
  });

  it('has a systemd unit whose variables and paths exist', async () => {
    const [environment = ''] = unit('Environment');
    const variables = assignments(environment);
    for (const name of Object.keys(variables)) await assertKnown(name);
    assert.equal(variables['BOOKING_DATA'], `/var/lib/${unit('StateDirectory')[0]}`);
    assert.match(unit('ExecStart')[0] ?? '', BIN);
    readOptions(await withEnvironment({}, variables));
    if (!has('systemd-analyze', '--version')) return;
    const file = join(folder, 'booking-widget-companion.service');
    const text = read('booking-widget-companion.service').replaceAll('/usr/bin/node', process.execPath);
    writeFileSync(file, text.replaceAll(/^Documentation=.*\n/gm, ''));
    const { stderr, status } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    const own = stderr.split('\n').filter((line) => line.includes('booking-widget-companion.service'));
    assert.deepEqual([own, status], [[], 0], stderr);
  });

  it('describes three companions on one database that answer as one behind a proxy, also when one is killed', async () => {
    const place = await openPlace('postgres');
    places.push(place);
    const upstream = await fakeUpstream((request) => calSlots(request));
    upstreams.push(upstream);
    const secret = (name: string, value: string): string => {
      const file = join(folder, name);
      writeFileSync(file, `${value}\n`, { mode: 0o600 });
      return file;
    };
    const values: Readonly<Record<string, string>> = {
      'database-url': place.where.database ?? '',
      'booking-token': 'a-token-for-this-test',
      'cal-api-key': 'cal_live_0123456789',
      'cal-webhook-secret': 'a-secret-for-this-test',
    };
    const account = { provider: 'cal', pages: ['https://cal.com/acme'], api: upstream.origin };
    const origins: Record<string, string> = {};
    for (const [name, { environment = {} }] of Object.entries(compose.services)) {
      if (!name.startsWith('companion-')) continue;
      const env = Object.fromEntries(
        Object.entries(environment).map(([variable, text]) => {
          const [, of] = /^\/run\/secrets\/(.+)$/.exec(text) ?? [];
          return [
            variable,
            of === undefined ? text.replace(/^\$\{\w+:-(.*)\}$/, '$1') : secret(of, values[of] ?? ''),
          ];
        }),
      );
      const run = runCli(['serve', '--port', '0'], { ...env, BOOKING_UPSTREAMS: JSON.stringify([account]) });
      runs.push(run);
      origins[name] = (await run.output(/answers at (\S+)/))[1] ?? '';
    }
    const check = JSON.parse(/CMD (\[.*\])/.exec(instruction('HEALTHCHECK'))?.[1] ?? '[]') as string[];
    for (const origin of Object.values(origins))
      execFileSync(process.execPath, check.slice(1), { env: { PORT: new URL(origin).port } });
    assert.throws(() =>
      execFileSync(process.execPath, check.slice(1), { env: { PORT: '1' }, stdio: 'ignore' }),
    );

    const src = new URLSearchParams({
      src: 'https://cal.com/acme/30min',
      start: new Date(Date.now() + 86_400_000).toISOString(),
    });
    const ask = (origin: string, more = ''): Promise<Response> =>
      fetch(`${origin}/v1/availability?${src}${more}`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    for (const origin of Object.values(origins)) assert.equal((await ask(origin)).status, 200);
    assert.equal(
      upstream.arrived.filter(({ path }) => path === '/v2/slots').length,
      1,
      'one call for all three',
    );

    if (!has('nginx', '-v')) return;
    const proxy = await startNginx(origins);
    assert.equal((await ask(proxy)).headers.get('x-cache'), 'MISS');
    const again = await ask(proxy);
    assert.equal(again.headers.get('x-cache'), 'HIT');
    assert.equal(again.status, 200);
    const owners = { headers: { authorization: 'Bearer a-token-for-this-test' } };
    assert.equal((await fetch(`${proxy}/v1/status`, owners)).headers.get('x-cache'), null);
    const stopped = new AbortController();
    const live = await fetch(`${proxy}/v1/live?${src}`, { signal: stopped.signal });
    const { value } = (await live.body?.getReader().read()) ?? {};
    assert.match(Buffer.from(value ?? []).toString(), /retry|event/, 'events are passed on at once');
    stopped.abort();

    runs[0]?.child.kill('SIGKILL');
    await runs[0]?.ended;
    for (let i = 0; i < 6; i++) assert.equal((await ask(proxy, `&n=${i}`)).status, 200);
  });
});

/** nginx with the configuration as it is, except for addresses and folders of this machine. */
async function startNginx(origins: Readonly<Record<string, string>>): Promise<string> {
  const port = await freePort();
  let conf = read('nginx.conf')
    .replaceAll('/var/cache/nginx', folder)
    .replaceAll('/tmp/nginx.pid', join(folder, 'nginx.pid'))
    .replace('listen 8080', `listen 127.0.0.1:${port}`)
    .replace(
      'http {',
      `http {\n  proxy_temp_path ${folder}/p; client_body_temp_path ${folder}/b;\n  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;`,
    );
  for (const [name, origin] of Object.entries(origins))
    conf = conf.replace(`${name}:8787`, new URL(origin).host);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, conf);
  const words = ['-c', file, '-p', folder, '-e', 'stderr'];
  const tested = spawnSync('nginx', ['-t', ...words], { encoding: 'utf8' });
  assert.equal(tested.status, 0, tested.stderr);
  const child = spawn('nginx', [...words, '-g', 'daemon off; user root;'], { stdio: 'ignore' });
  children.push(child);
  const proxy = `http://127.0.0.1:${port}`;
  await until(() =>
    fetch(`${proxy}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return proxy;
}
