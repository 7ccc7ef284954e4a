import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { parse, type Program } from 'acorn';
import { guessProvider } from '../../src/loader/guess-provider.js';
import { recognize } from '../../src/widget/providers/recognize.js';
import { VERSION } from '../../src/version.js';
import en from '../../src/widget/locales/languages/en.js';

const folder = join('dist', `v${VERSION}`);
const text = (file: string): string => readFileSync(file, 'utf8');
const parts = readdirSync(folder).filter((file) => file.endsWith('.js'));
const CLASSIC = ['booking-widget.js', 'booking-widget.all.js'].map((file) => join('dist', file));
const MODULES = ['dist/booking-widget.mjs', ...parts.map((file) => join(folder, file))];

const es2020 = (file: string, sourceType: 'script' | 'module'): Program =>
  parse(text(file), { ecmaVersion: 2020, sourceType });

describe('the built files', () => {
  it('are of the version in package.json', () => {
    const { version } = JSON.parse(text('package.json')) as { readonly version: string };
    assert.equal(VERSION, version, 'src/version.ts is out of date: npm run build');
    for (const file of CLASSIC) assert.ok(text(file).includes(version), file);
  });

  for (const file of [...CLASSIC, ...MODULES])
    it(`can be read by an engine of 2020 (${basename(file)})`, () => {
      es2020(file, CLASSIC.includes(file) ? 'script' : 'module');
    });

  for (const file of CLASSIC)
    it(`leave no name behind in the page (${basename(file)})`, () => {
      const { body } = es2020(file, 'script');
      assert.deepEqual(
        body.map(({ type }) => type),
        ['ExpressionStatement'],
      );
    });

  it('fetch nothing of their own before the element is wanted, and all of it at once then', () => {
    for (const file of parts) {
      const imported = es2020(join(folder, file), 'module').body.flatMap((statement) =>
        'source' in statement && statement.source ? [String(statement.source.value)] : [],
      );
      // What the rarer providers are made of is asked for together with the table that knows them, and before them.
      const together = file === 'page-preset.js' ? './provider-plain.js' : './page-preset.js';
      // The observers' chunk is what asks for these, so it is there before them.
      const parent = /^(debug-log|slot-hold|live-updates|metrics)\.js$/.test(file)
        ? './observers.js'
        : // Only the chunk that requests slots asks for the picker and for the details of the event type.
          /^(details|picker)\.js$/.test(file)
          ? './slots.js'
          : together;
      const known = ['./element.js', together, parent];
      const others = imported.filter((name) => !known.includes(name));
      assert.deepEqual(
        others,
        [],
        `${file} comes only after ${others.join()}: see \`groups\` in vite.config.ts`,
      );
    }
  });

  it('recognise rarer services by a chunk that imports no other', () => {
    assert.doesNotMatch(text(join(folder, 'recognize-others.js')), /^import\b|\bfrom\s*["']/);
  });

  it('contain everything in the one file except other languages, rarer providers and rarely used features', () => {
    const beside = text('dist/booking-widget.all.js').match(/(?<=[`'"])v[\d.]+\/[\w-]+\.js(?=[`'"])/g) ?? [];
    for (const file of beside) {
      const name = basename(file, '.js');
      assert.match(
        name,
        /^(load-strings|debug-log|recognize-others|slot-hold|cal-hold|live-updates|page-vitals|picker-tools|form|cal-booking|companion-booking)$/,
      );
      assert.ok(existsSync(join('dist', file)), file);
    }
    assert.ok(beside.length > 0);
  });

  it('are there under the names that the loader requests', () => {
    for (const name of [
      'element',
      'links',
      'commands',
      'early',
      'dialog',
      'slots',
      'provider-plain',
      'provider-cal',
      'provider-calendly',
      'recognize-others',
    ])
      assert.ok(parts.includes(`${name}.js`), name);
  });

  it('build no markup from text and evaluate none', () => {
    for (const file of [...CLASSIC, ...MODULES]) {
      const ours = text(file).match(/\b(eval\(|new Function|document\.write|insertAdjacentHTML|outerHTML)/g);
      assert.equal(ours, null, file);
    }
    assert.doesNotMatch(text('dist/booking-widget.js'), /innerHTML|\.style\b|cssText/);
  });

  it('use the same texts before and after the element is loaded', () => {
    const offline = en.failure.offline.replace(/\. .*/, '.');
    for (const words of [en.retry, en.openTab, en.loading, offline])
      assert.ok(text('dist/booking-widget.js').includes(words), words);
  });
});

describe('the provider that the loader guesses', () => {
  const pages: Readonly<Record<string, readonly string[]>> = {
    cal: [
      'https://cal.com/a',
      'https://app.cal.com/a/30min',
      'https://acme.cal.com/a',
      'https://cal.eu/a',
      'https://app.cal.eu/a',
    ],
    calendly: ['https://calendly.com/a/30min', 'https://www.calendly.com/a'],
  };

  it('is what the address turns out to be', () => {
    for (const id of Object.keys(pages)) assert.ok(parts.includes(`provider-${id}.js`), id);
    for (const [id, addresses] of Object.entries(pages))
      for (const address of addresses) {
        assert.equal(recognize(new URL(address)), id, address);
        assert.equal(guessProvider(new URL(address))?.id, id, address);
      }
  });

  it('is nothing for other hosts', () => {
    for (const address of [
      'https://notcal.com/a',
      'https://cal.com.example/a',
      'https://example.com/cal.com',
      'https://local.eu/a',
    ])
      assert.equal(guessProvider(new URL(address)), undefined, address);
  });
});
