// Makes `npm start` and `npm test` work as the first command after a clone: installs what is missing, prints nothing if
// nothing is. Node's own modules only, since node_modules may not exist yet. `--browsers` looks after what
// tests need besides (browsers and a database), `--wordpress` after what WordPress runs on.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** @param {string} command @param {string[]} words @param {Record<string, string>} [env] */
function run(command, words, env) {
  console.log(`$ ${command} ${words.join(' ')}`);
  execFileSync(command, words, {
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: process.platform === 'win32', // npm and npx are .cmd files there
  });
}

/** @param {string} path @returns {Record<string, { version?: string, optional?: boolean }>} */
const lockedPackages = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/** npm writes its own lock into node_modules when an installation is complete; it has to agree with the project's. */
function isInstalled() {
  const written = 'node_modules/.package-lock.json';
  if (!existsSync(written)) return false;
  const installed = lockedPackages(written);
  return Object.entries(lockedPackages('package-lock.json')).every(
    ([path, { version, optional }]) =>
      path === '' || (installed[path] ? installed[path].version === version : optional),
  );
}

if (!isInstalled()) {
  run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], {
    PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    PUPPETEER_SKIP_DOWNLOAD: '1',
  });
}

/** On Debian all three engines come as packages: no download from elsewhere, and security fixes with the system's. */
const PACKAGES = {
  'chromium-headless-shell': [
    '/usr/bin/chromium-headless-shell',
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
  ],
  'firefox-esr': ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
  'webkit2gtk-driver': ['/usr/bin/WebKitWebDriver'],
  xvfb: ['/usr/bin/Xvfb'],
};

/** What the plugin's test needs to run WordPress; WordPress itself is unpacked by the test, not installed. */
const WORDPRESS = {
  'php-cli': ['/usr/bin/php'],
  'php-mysql': ['/usr/share/php8.2-mysql', '/usr/share/php8.4-mysql', '/usr/share/php8.5-mysql'],
  'php-xml': ['/usr/share/php8.2-xml', '/usr/share/php8.4-xml', '/usr/share/php8.5-xml'],
  'mariadb-server-core': ['/usr/sbin/mariadbd'],
  'mariadb-client-core': ['/usr/bin/my_print_defaults'], // the server's own set-up runs it
  gettext: ['/usr/bin/xgettext'],
};

/** What the companion's tests run against; on other systems the tests print how to name an existing server. */
const DATABASE = { postgresql: ['/usr/lib/postgresql'] };

/** @param {Record<string, string[]>} packages */
const missingOf = (packages) =>
  Object.entries(packages)
    .filter(([, paths]) => !paths.some((path) => existsSync(path)))
    .map(([name]) => name);

const isRoot = process.getuid?.() === 0;

/** @param {string[]} names @returns {boolean} whether they are there now */
function installPackages(names) {
  if (names.length === 0) return true;
  if (!isRoot || !existsSync('/etc/debian_version')) return false;
  try {
    const wait = ['-q', '-o', 'DPkg::Lock::Timeout=300'];
    run('apt-get', [...wait, 'update']);
    run('apt-get', [...wait, '-y', 'install', '--no-install-recommends', ...names], {
      DEBIAN_FRONTEND: 'noninteractive',
    });
    return true;
  } catch {
    return false;
  }
}

function installTestMachinery() {
  const browsers = missingOf(PACKAGES);
  const database = process.env.BOOKING_TEST_DATABASE_URL ? [] : missingOf(DATABASE);
  if (installPackages([...browsers, ...database]) || browsers.length === 0) return;
  if (installPackages(browsers)) return;
  console.log('The browsers are not available as packages here: installing those of Playwright.');
  const engines = ['chromium', 'firefox', 'webkit'];
  run('npx', ['playwright', 'install', ...(isRoot ? ['--with-deps'] : []), ...engines]);
}

if (process.argv.includes('--browsers')) installTestMachinery();
if (process.argv.includes('--wordpress')) installPackages(missingOf(WORDPRESS));
