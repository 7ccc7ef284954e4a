import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';

const run = promisify(execFile);

/**
 * Debian's WordPress, and what it shares with other packages, as far as a release has them. None of it is installed: that
 * would bring a web server.
 */
const PACKAGES = [
  'wordpress',
  'wordpress-theme-twentytwentyone',
  'wordpress-theme-twentytwentythree',
  'wordpress-theme-twentytwentyfour',
  'libjs-cropper',
  'libjs-jquery-ui',
  'libjs-lodash',
  'libjs-underscore',
  'libphp-phpmailer',
  'php-getid3',
];

/** The first that is there is the site's theme. */
const THEMES = ['twentytwentyone', 'twentytwentyfour', 'twentytwentythree'];

export type Role = 'administrator' | 'author' | 'contributor';

export interface WordPressSite {
  /** No slash at its end. */
  readonly origin: string;
  readonly version: string;
  /** Of every account; the name is the role. */
  readonly password: string;
  /** Sends a request to the REST API, as a role with its application password or without authentication. */
  rest(as: Role | undefined, method: string, path: string, body?: unknown): Promise<unknown>;
  /** Runs PHP inside WordPress and reads what it prints as JSON. */
  php(code: string): Promise<unknown>;
  stop(): Promise<void>;
}

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });

/** Resolves when something accepts connections; rejects when the process that should has ended. */
function accepts(
  at: { path: string } | { port: number },
  by: ChildProcess,
  said: () => string,
): Promise<void> {
  return new Promise((done, fail) => {
    const over = (): void => fail(new Error(`${by.spawnfile} ended: ${said()}`));
    by.once('exit', over);
    const knock = (): void => {
      const socket = 'port' in at ? connect(at.port, '127.0.0.1') : connect(at.path);
      socket.once('connect', () => {
        socket.destroy();
        by.off('exit', over);
        done();
      });
      socket.once('error', () => {
        if (by.exitCode === null) setTimeout(knock, 50);
      });
    };
    knock();
  });
}

function started(
  command: string,
  words: readonly string[],
  env?: NodeJS.ProcessEnv,
): [ChildProcess, () => string] {
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    detached: true,
  });
  let said = '';
  const onOutput = (text: Buffer): void => void (said = (said + text.toString()).slice(-5000));
  child.stdout.on('data', onOutput);
  child.stderr.on('data', onOutput);
  return [child, () => said];
}

const ended = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((done) => child.once('exit', done));
  // With all it has started: PHP's workers outlive their parent, and keep its pipes open.
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
  await exit;
};

/** Arguments that make apt use another release than the system's, from the same mirror, with its state in `folder`. */
function aptWordsFor(release: string, folder: string): string[] {
  const [mirror] = execFileSync(
    'apt-get',
    ['indextargets', '--format', '$(REPO_URI)', 'Created-By: Packages'],
    {
      encoding: 'utf8',
    },
  ).split('\n');
  for (const name of ['state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'status'), '');
  writeFileSync(join(folder, 'sources.list'), `deb ${mirror ?? ''} ${release} main\n`);
  const words = [
    `Dir::Etc::sourcelist=${folder}/sources.list`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State=${folder}/state`,
    `Dir::State::status=${folder}/status`,
    `Dir::Cache=${folder}/cache`,
  ].flatMap((word) => ['-o', word]);
  execFileSync('apt-get', ['-q', ...words, 'update'], { stdio: 'pipe' });
  return words;
}

/** Downloads and unpacks once; later runs find it. `WORDPRESS_RELEASE` names another release of Debian, such as `sid`. */
function unpacked(): string {
  const release = process.env['WORDPRESS_RELEASE'] ?? '';
  if (!/^[a-z]*$/.test(release)) throw new Error(`WORDPRESS_RELEASE is no release of Debian: ${release}`);
  const caches = resolve('node_modules/.cache/wordpress');
  const wordpress = join(caches, release || 'system');
  if (existsSync(wordpress)) return wordpress;
  mkdirSync(caches, { recursive: true });
  // In a folder of its own until it is whole: test files run at the same time.
  const folder = mkdtempSync(join(caches, 'new-'));
  try {
    const words = release ? aptWordsFor(release, join(folder, 'apt')) : [];
    const known = new Set(
      execFileSync('apt-cache', [...words, 'pkgnames'], { encoding: 'utf8', maxBuffer: 1e8 }).split('\n'),
    );
    const wanted = PACKAGES.filter((name) => known.has(name));
    execFileSync('apt-get', ['-q', ...words, 'download', ...wanted], { cwd: folder, stdio: 'pipe' });
    for (const deb of readdirSync(folder).filter((name) => name.endsWith('.deb')))
      execFileSync('dpkg-deb', ['-x', join(folder, deb), join(folder, 'root')]);
    // Follows symbolic links, because their targets are in the other packages.
    cpSync(join(folder, 'root/usr/share/wordpress'), join(folder, 'wordpress'), {
      recursive: true,
      dereference: true,
      filter: (file) => !file.endsWith('.htaccess'),
    });
    renameSync(join(folder, 'wordpress'), wordpress);
  } catch (error) {
    if (!existsSync(wordpress)) throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return wordpress;
}

function unzip(zip: string, into: string): void {
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(zip)))) {
    mkdirSync(join(into, dirname(name)), { recursive: true });
    writeFileSync(join(into, name), bytes);
  }
}

/**
 * Starts a WordPress of its own on loopback, with a database of its own and a plugin from a zip, activated. Everything
 * is gone after `stop()`.
 */
export async function startWordPress(zip: string): Promise<WordPressSite> {
  const folder = mkdtempSync(join(tmpdir(), 'wordpress-'));
  const site = join(folder, 'site');
  const socket = join(folder, 'sql');
  const running: ChildProcess[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map(ended));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    cpSync(unpacked(), site, { recursive: true });
    const theme = THEMES.find((name) => existsSync(join(site, 'wp-content/themes', name))) ?? '';
    rmSync(join(site, 'wp-content/plugins'), { recursive: true, force: true });
    unzip(zip, join(site, 'wp-content/plugins'));

    const data = join(folder, 'data');
    const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
    // A separate folder, because a server that starts deletes files of other servers in it.
    const env = { TMPDIR: join(folder, 'tmp') };
    mkdirSync(env.TMPDIR);
    await run(
      'mariadb-install-db',
      [
        '--no-defaults',
        ...asRoot,
        `--datadir=${data}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
      ],
      { env: { ...process.env, ...env } },
    );
    const [sql, sqlSaid] = started(
      'mariadbd',
      [
        '--no-defaults',
        ...asRoot,
        `--datadir=${data}`,
        `--socket=${socket}`,
        `--pid-file=${data}/pid`,
        '--skip-networking',
        '--skip-grant-tables',
        '--innodb-flush-log-at-trx-commit=0',
      ],
      env,
    );
    running.push(sql);
    await accepts({ path: socket }, sql, sqlSaid);

    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const password = 'Loopback-only-7';
    writeFileSync(
      join(site, 'wp-config.php'),
      `<?php
define( 'DB_NAME', 'wordpress' ); define( 'DB_USER', 'root' ); define( 'DB_PASSWORD', '' );
define( 'DB_HOST', 'localhost:${socket}' ); define( 'DB_CHARSET', 'utf8mb4' ); define( 'DB_COLLATE', '' );
foreach ( array( 'AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT' ) as $name ) define( $name, $name );
define( 'WP_HOME', '${origin}' ); define( 'WP_SITEURL', '${origin}' ); define( 'WP_ENVIRONMENT_TYPE', 'local' );
define( 'WP_DEBUG', true ); define( 'WP_DEBUG_DISPLAY', false ); define( 'WP_DEBUG_LOG', '${folder}/debug.log' );
define( 'DISABLE_WP_CRON', true ); define( 'WP_HTTP_BLOCK_EXTERNAL', true ); define( 'AUTOMATIC_UPDATER_DISABLED', true );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) define( 'ABSPATH', __DIR__ . '/' );
require_once ABSPATH . 'wp-settings.php';
`,
    );
    const php = async (code: string, before = ''): Promise<unknown> => {
      const file = join(folder, `run-${Math.random().toString(36).slice(2)}.php`);
      writeFileSync(
        file,
        `<?php ${before} $_SERVER['HTTP_HOST'] = '127.0.0.1:${port}'; require '${site}/wp-load.php'; ${code}`,
      );
      const { stdout } = await run('php', [file], { maxBuffer: 1e8 });
      return stdout.trim() ? (JSON.parse(stdout) as unknown) : undefined;
    };
    await run('php', [
      '-r',
      `mysqli_query( mysqli_connect( null, 'root', '', '', 0, '${socket}' ), 'CREATE DATABASE wordpress' );`,
    ]);
    const words = (await php(
      `require ABSPATH . 'wp-admin/includes/upgrade.php'; require_once ABSPATH . 'wp-admin/includes/plugin.php';
      add_filter( 'pre_wp_mail', '__return_true' );
      wp_install( 'Loopback', 'administrator', 'administrator@example.com', false, '', '${password}' );
      foreach ( array( 'author', 'contributor' ) as $role ) wp_insert_user( array( 'user_login' => $role, 'user_pass' => '${password}', 'user_email' => "$role@example.com", 'role' => $role ) );
      switch_theme( '${theme}' );
      update_option( 'permalink_structure', '/%postname%/' ); flush_rewrite_rules();
      if ( is_wp_error( $error = activate_plugin( 'booking-widget/booking-widget.php' ) ) ) { fwrite( STDERR, $error->get_error_message() ); exit( 1 ); }
      $words = array( 'version' => get_bloginfo( 'version' ) );
      foreach ( get_users() as $user ) $words[ $user->user_login ] = WP_Application_Passwords::create_new_application_password( $user->ID, array( 'name' => 'test' ) )[0];
      echo wp_json_encode( $words );`,
      `define( 'WP_INSTALLING', true );`,
    )) as Readonly<Record<Role | 'version', string>>;

    const [server, serverSaid] = started('php', ['-S', `127.0.0.1:${port}`, '-t', site], {
      PHP_CLI_SERVER_WORKERS: '4',
    });
    running.push(server);
    await accepts({ port }, server, serverSaid);

    return {
      origin,
      version: words.version,
      password,
      php,
      async rest(as, method, path, body) {
        const response = await fetch(`${origin}/wp-json${path}`, {
          method,
          headers: {
            'content-type': 'application/json',
            ...(as && { authorization: `Basic ${Buffer.from(`${as}:${words[as]}`).toString('base64')}` }),
          },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        });
        const text = await response.text();
        if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
        return JSON.parse(text) as unknown;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
