import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const page = readFileSync('docs/architecture.md', 'utf8');

/** Texts in code marks. */
const marked = (text: string): string[] => [...text.matchAll(/`([^`\s]+)`/g)].map(([, code = '']) => code);

/** The part of the page under a heading. */
const under = (heading: string): string => page.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((path) =>
  path.replaceAll('\\', '/'),
);

/** Where a path of the page may begin: at the repository, at `src`, or at the widget; a bare name is anywhere. */
const isThere = (path: string): boolean =>
  ['', 'src/', 'src/widget/'].some((folder) => existsSync(folder + path)) ||
  (!path.includes('/') && sources.some((source) => source.endsWith(`/${path}`)));

describe('the page about the architecture', () => {
  it('names files that exist', () => {
    const files = marked(page).filter((code) => /\.(ts|css|md)$/.test(code));
    assert.ok(files.length > 30);
    assert.deepEqual(
      files.filter((path) => !isThere(path)),
      [],
    );
  });

  it('says of every effect which component performs it', () => {
    const [, union = ''] =
      /export type Effect =(.*?);\n\n/s.exec(readFileSync('src/widget/state/effects.ts', 'utf8')) ?? [];
    const types = [...union.matchAll(/type: ((?:'[a-z-]+'(?: \| )?)+)/g)].flatMap(([, names = '']) =>
      names.split(' | ').map((name) => name.slice(1, -1)),
    );
    assert.ok(types.length > 20);
    const named = new Set(marked(under('Which component performs which effect')));
    assert.deepEqual(
      types.filter((type) => !named.has(type)),
      [],
    );
  });
});
