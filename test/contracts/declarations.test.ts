import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { FAILURE_CODES } from '../../src/protocol/failure-code.js';
import { MARKS } from '../../src/protocol/load-report.js';
import { OPTION_NAMES } from '../../src/widget/options.js';
import { createManifest, type ElementDeclaration } from '../../tools/generated/manifest.js';

const sources = readdirSync('src/widget', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('src/widget', name), 'utf8'))
  .join('\n');

const sorted = (names: Iterable<string> | undefined): string[] => [...new Set(names)].sort();

/** The words in `part="a b"`, `part: 'a'`, `part: x ? 'a' : 'b'` and `setAttribute('part', 'a')`. */
const usedParts = (): string[] =>
  sorted(
    [...sources.matchAll(/\bpart(?:=|: |', )("[^"]+"|'[^']+'|[^,})]+)/g)]
      .flatMap(([, value]) => value?.match(/(?<=["'])[a-z][\w -]*(?=["'])/g) ?? [])
      .flatMap((names) => names.split(' ')),
  );

describe('what is declared', () => {
  let element: ElementDeclaration;
  before(async () => {
    ({ element } = await createManifest());
  });

  it('has an attribute and a property with the same description for every option, and no other attribute', () => {
    assert.deepEqual(sorted(element.attributes?.map(({ name }) => name)), sorted(OPTION_NAMES));
    for (const { name, description, fieldName } of element.attributes ?? []) {
      assert.ok(description, `${name} says what it means`);
      const property = element.members?.find((member) => member.name === fieldName);
      assert.equal(property?.description, description, `${name} is a property too`);
    }
  });

  it('names every event class with @fires, and every @fires has its class', () => {
    const classes = [...sources.matchAll(/class (Booking\w+Event) extends[^]*?super\('([\w-]+)'/g)];
    assert.deepEqual(
      sorted(element.events?.map(({ name, type }) => `${type.text} ${name}`)),
      sorted(classes.map(([, type, name]) => `${type} ${name}`)),
    );
  });

  it('names every part in use with @csspart, and no other', () => {
    assert.deepEqual(sorted(element.cssParts?.map(({ name }) => name)), usedParts());
  });

  it('names every custom property in use with @cssprop, and no other', () => {
    const used = [...sources.matchAll(/var\(\s*(--booking-[\w-]+)/g)].map(([, name]) => name ?? '');
    assert.deepEqual(sorted(element.cssProperties?.map(({ name }) => name)), sorted(used));
  });

  it('describes every part, state, event, method and custom property', () => {
    const { cssParts = [], cssStates = [], events = [], cssProperties = [], members = [] } = element;
    const silent = [cssParts, cssStates, events, cssProperties, members]
      .flat()
      .filter((thing) => !thing.description);
    assert.deepEqual(
      silent.map(({ name }) => name),
      [],
    );
  });
});

describe('words', () => {
  const locales = readdirSync('src/widget/locales').filter((name) => /^[a-z]{2}(-\w+)?\.ts$/.test(name));

  for (const file of locales)
    it(`are there in ${file} for every failure, and say the same placeholders`, async () => {
      const load = async (
        name: string,
      ): Promise<
        { failure: Record<string, string>; reason: Record<string, string> } & Record<string, unknown>
      > => ((await import(`../../src/widget/locales/${name}`)) as { default: never }).default;
      const [{ times, ...strings }, english, englishTimes] = await Promise.all([
        load(file),
        load('en.ts'),
        load('times-en.ts'),
      ]);
      const words = (times ?? englishTimes) as typeof englishTimes;
      assert.deepEqual(sorted(Object.keys(words)), sorted(Object.keys(englishTimes)));
      assert.deepEqual(sorted(Object.keys(words.reason)), sorted(Object.keys(englishTimes.reason)));
      assert.equal(!times, file === 'en.ts', 'English comes with the native times');
      assert.deepEqual(sorted(Object.keys(strings.failure)), sorted(FAILURE_CODES));
      assert.deepEqual(sorted(Object.keys(strings)), sorted(Object.keys(english)));
      for (const [name, text] of Object.entries({
        ...strings,
        ...strings.failure,
        ...words,
        ...words.reason,
      })) {
        if (typeof text !== 'string') continue;
        assert.ok(text.trim(), `${name} is not empty`);
        const placeholders = (of: unknown): string[] => sorted(String(of).match(/\{\w+\}/g) ?? []);
        const other = english[name] ?? englishTimes[name];
        if (other !== undefined) assert.deepEqual(placeholders(text), placeholders(other), name);
      }
    });
});

describe('actions', () => {
  const actions = sorted(
    [...(/export type Action =([^]*?);\n\n/.exec(sources)?.[1] ?? '').matchAll(/type: ([^;}]+)/g)].flatMap(
      ([, types]) => [...(types ?? '').matchAll(/'([\w-]+)'/g)].map(([, name]) => name ?? ''),
    ),
  );
  const reducer = readFileSync('src/widget/widget-state.ts', 'utf8');

  it('are known, and each has its case in the reducer', () => {
    assert.ok(actions.length > 10);
    assert.deepEqual(
      actions.filter((name) => !reducer.includes(`case '${name}':`)),
      [],
    );
  });

  it('or notes stamp every mark of a load report', () => {
    const timings = readdirSync('src/widget/metrics').map((name) =>
      readFileSync(join('src/widget/metrics', name), 'utf8'),
    );
    assert.deepEqual(
      MARKS.filter((mark) => !timings.some((text) => text.includes(`'${mark}'`))),
      [],
    );
  });
});
