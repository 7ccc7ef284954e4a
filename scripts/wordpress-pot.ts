// `npm run wordpress:pot` writes the plugin's template for translators: every text in its PHP and in its editor script,
// found by gettext. `-- --check` writes nothing and fails where the template is out of date.
import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

const PLUGIN = 'integrations/wordpress/plugin';
const TEMPLATE = join(PLUGIN, 'languages/booking-widget.pot');

/** No date and no versions: the same sentences are the same file. */
const HEADER = `# Sentences of the Booking Widget plugin, for translators. Made by "npm run wordpress:pot"; a change here is lost.
msgid ""
msgstr ""
"Project-Id-Version: Booking Widget\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Domain: booking-widget\\n"
`;

const names = readdirSync(PLUGIN, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .sort();

function extract(
  into: string,
  language: string,
  keywords: readonly string[],
  files: readonly string[],
): void {
  const words = [
    '--from-code=UTF-8',
    '--add-comments=translators',
    '--add-location=file',
    '--no-wrap',
    '--force-po',
    `--language=${language}`,
    ...keywords.map((name) => `--keyword=${name}:1`),
    ...(existsSync(into) ? ['--join-existing'] : []),
    `--output=${into}`,
  ];
  execFileSync('xgettext', [...words, ...files], { cwd: PLUGIN, stdio: ['ignore', 'ignore', 'inherit'] });
}

function sentences(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pot-'));
  try {
    const pot = join(folder, 'template.pot');
    extract(
      pot,
      'PHP',
      ['__', '_e', 'esc_html__', 'esc_html_e', 'esc_attr__', 'esc_attr_e'],
      names.filter((name) => name.endsWith('.php')),
    );
    extract(
      pot,
      'JavaScript',
      ['__'],
      names.filter((name) => name.endsWith('.js')),
    );
    const text = readFileSync(pot, 'utf8');
    return text.slice(text.indexOf('\n\n') + 1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** WordPress shows this sentence in the list of plugins, in the language of the site. */
function description(): string {
  const [, text = ''] =
    /^ \* Description: +(.*)$/m.exec(readFileSync(join(PLUGIN, 'booking-widget.php'), 'utf8')) ?? [];
  return `\n#. Description of the plugin\n#: booking-widget.php\nmsgid ${JSON.stringify(text)}\nmsgstr ""\n`;
}

const wanted = HEADER + description() + sentences();
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
if (existsSync(TEMPLATE) && readFileSync(TEMPLATE, 'utf8') === wanted)
  console.log(`${TEMPLATE} is as it should be`);
else if (values.check) {
  console.error(`${TEMPLATE} does not hold what the plugin says: run "npm run wordpress:pot" and commit it.`);
  process.exitCode = 1;
} else {
  mkdirSync(dirname(TEMPLATE), { recursive: true });
  writeFileSync(TEMPLATE, wanted);
  console.log(`wrote ${TEMPLATE}`);
}
