import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'acorn';

const FOLDER = 'integrations/tag-manager';

/** The text of every script in a piece of markup. */
const scriptsIn = (html: string): string[] =>
  [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text = '']) => text);

describe('tag-manager snippets', () => {
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.html')))
    it(`are read by a parser of 2009 (${file})`, () => {
      const html = readFileSync(`${FOLDER}/${file}`, 'utf8');
      const scripts = scriptsIn(html);
      assert.equal(scripts.length, 1);
      for (const script of scripts) parse(script, { ecmaVersion: 5, sourceType: 'script' });
      // Tag managers drop what else is on the tag, so options can only be in the address.
      assert.doesNotMatch(html, /<script [^>]|data-|setAttribute\('data-/);
    });

  it('would not pass with anything newer', () => {
    for (const script of scriptsIn('<script>const a = 1</script><script>(() => 1)()</script>'))
      assert.throws(() => parse(script, { ecmaVersion: 5, sourceType: 'script' }));
  });
});
