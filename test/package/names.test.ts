import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

/** The npm package `booking-widget` belongs to somebody else. Ways to name a package: */
const FOREIGN: readonly RegExp[] = [
  /\b(npx|bunx|pnpm dlx|yarn dlx)( -y| --yes)? booking-widget(?![\w-])/,
  /\b(npm (i|install|add)|(pnpm|yarn|bun) add)\b[^\n`'"]*\sbooking-widget(?![\w-])/,
  /\/npm\/booking-widget(?![\w-])/,
  /unpkg\.com\/booking-widget(?![\w-])/,
  /esm\.sh\/booking-widget(?![\w-])/,
  /\bfrom\s*['"]booking-widget['"]/,
  /\bimport\s*\(?['"]booking-widget['"]/,
  /['"`]booking-widget\/(define|auto|lazy|react|preact|solid|svelte|vue|server|dist)\b/,
];

/** It removes the native parts of all packages in a project. */
const HARMFUL = /--omit[= ]optional/;

const texts = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => /\.(md|html?|ts|tsx|js|mjs|json|php|txt|vue|svelte|liquid|astro)$/.test(file))
  .filter((file) => !/^(package-lock\.json|test\/package\/names\.test\.ts)$/.test(file))
  .flatMap((file) => {
    try {
      return [{ file, text: readFileSync(file, 'utf8') }];
    } catch {
      return []; // removed, and not yet committed so
    }
  });

describe('the name of the package', () => {
  it('is ours in every document, command, import and address', () => {
    assert.ok(texts.length > 300);
    const found = texts.flatMap(({ file, text }) =>
      FOREIGN.flatMap((pattern) => {
        const [match] = pattern.exec(text) ?? [];
        return match === undefined ? [] : [`${file}: ${match}`];
      }),
    );
    assert.deepEqual(found, []);
  });

  it('is noticed where it is the name of the stranger', () => {
    for (const text of [
      'npx booking-widget serve',
      'npm install --save booking-widget\n',
      'https://cdn.jsdelivr.net/npm/booking-widget@1/dist/booking-widget.js',
      "import { VERSION } from 'booking-widget';",
      "import 'booking-widget/define';",
    ])
      assert.ok(
        FOREIGN.some((pattern) => pattern.test(text)),
        text,
      );
  });

  it('is never installed with a flag that breaks other packages', () => {
    assert.deepEqual(
      texts.filter(({ text }) => HARMFUL.test(text)).map(({ file }) => file),
      [],
    );
  });
});
