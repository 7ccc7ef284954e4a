// `npm run words [-- path…]`: lists words that the glossary replaces, as `file:line`, with what to write instead.
// Reads comments, texts and names alike, of the changelog only what is unreleased. Fails when it finds one.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { findWords, type ListedWords } from '../tools/word-list.js';

const PATHS = [
  'src',
  'demo',
  'tools',
  'scripts',
  'test',
  'docs',
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
];
const READ = /\.(ts|tsx|js|mjs|cjs|md|html|css|vue|svelte)$/;
/** The list's own finder and its test, and texts in other languages. */
const NOT_READ =
  /^(tools\/word-list\.ts|test\/contracts\/word-list\.test\.ts|src\/widget\/locales\/languages\/(?!en\.))/;

const list = JSON.parse(
  readFileSync(new URL('word-list.json', import.meta.url), 'utf8'),
) as readonly ListedWords[];

const paths = process.argv.slice(2);
const files = execFileSync(
  'git',
  [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--deduplicate',
    '--',
    ...(paths.length > 0 ? paths : PATHS),
  ],
  { encoding: 'utf8' },
)
  .split('\0')
  .filter((file) => READ.test(file) && !NOT_READ.test(file));

/** Parts of files that are not read: notes of earlier releases are history, and the glossary names the words themselves. */
const NOT_READ_IN: Readonly<Record<string, RegExp>> = {
  'CHANGELOG.md': /^## (?!Unreleased)[\s\S]*/m,
  'CONTRIBUTING.md': /^## Words\n[\s\S]*?(?=^## )/m,
};

/** The text of a file without the parts that are not read. Their line breaks stay, so that line numbers are right. */
function textOf(file: string): string {
  const text = readFileSync(file, 'utf8');
  const part = NOT_READ_IN[file];
  return part ? text.replace(part, (found) => found.replace(/[^\n]+/g, '')) : text;
}

const counts = new Map<string, number>();
for (const file of files) {
  const found = findWords(textOf(file), file, list);
  for (const { line, word, say } of found) console.log(`${file}:${line}  ${word}  →  ${say}`);
  const folder = file.split('/')[0] ?? '';
  counts.set(folder, (counts.get(folder) ?? 0) + found.length);
}
for (const [folder, count] of counts) console.log(`${folder.padEnd(16)} ${count}`);
process.exitCode = [...counts.values()].some((count) => count > 0) ? 1 : 0;
