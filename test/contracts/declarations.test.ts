import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
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
