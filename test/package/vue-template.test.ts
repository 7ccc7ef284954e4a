import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { bin, run } from './packed.js';

const FOLDER = 'test/types/vue-template';

/** The lines of a template that a comment `<!-- refused: … -->` above them declares wrong, and with which word of the message. */
const refused = (template: string): [line: number, word: string][] =>
  template.split('\n').flatMap((text, index): [number, string][] => {
    const word = /<!-- refused: (.+?) -->/.exec(text)?.[1];
    return word === undefined ? [] : [[index + 2, word]];
  });

interface Failed {
  readonly stdout: string;
}

/** What vue-tsc says about the templates of the folder, which are compiled with `strictTemplates` and the built types. */
async function findings(): Promise<{ file: string; line: number; message: string }[]> {
  const { stdout } = await run(bin('vue-tsc'), ['-p', FOLDER, '--noEmit', '--pretty', 'false']).catch(
    (error: unknown) => error as Failed,
  );
  return [...stdout.matchAll(/^(\S+)\((\d+),\d+\): error \w+: (.+)$/gm)].map(
    ([, file = '', line, message = '']) => ({ file, line: Number(line), message }),
  );
}

describe('types in Vue templates', () => {
  it('accept every form of options and listeners, and refuse misspelt events, options, values and fields', async () => {
    const expected = refused(readFileSync(`${FOLDER}/Refused.vue`, 'utf8'));
    const found = await findings();
    assert.deepEqual(
      found.map(({ file, line }) => [file, line]),
      expected.map(([line]) => [`${FOLDER}/Refused.vue`, line]),
    );
    for (const [index, [, word]] of expected.entries())
      assert.match(found[index]?.message ?? '', new RegExp(word));
  });
});
