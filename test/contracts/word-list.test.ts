import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findWords } from '../../tools/word-list.js';

const LIST = [
  { words: ['told'], say: 'notified' },
  { words: ['made ready', 'make ready'], say: 'prefetched', allow: ['docs/old/'] },
  { words: ['anew'], say: 'again', except: ['ask-anew'] },
];

const found = (text: string, path = 'src/a.ts'): string[] =>
  findWords(text, path, LIST).map(({ line, word }) => `${line.toString()} ${word}`);

describe('the check of the word list', () => {
  it('finds a listed word in prose and says its line and the word to write', () => {
    assert.deepEqual(findWords('a\nIt is told.', 'src/a.ts', LIST), [
      { line: 2, word: 'told', say: 'notified' },
    ]);
  });

  it('finds a listed word as a part of a name', () => {
    assert.deepEqual(found('told toldAt isTold told_at TOLD_AT is-told'), [
      '1 told',
      '1 told',
      '1 Told',
      '1 told',
      '1 TOLD',
      '1 told',
    ]);
  });

  it('does not find a listed word inside another word', () => {
    assert.deepEqual(found('untold toldest Tolder UNTOLD'), []);
  });

  it('finds a phrase in a name and across the lines of a comment', () => {
    assert.deepEqual(found(' * is made\n * ready, makeReady, Make ready, MADE_READY'), [
      '1 made * ready',
      '2 makeReady',
      '2 Make ready',
      '2 MADE_READY',
    ]);
    assert.deepEqual(found('homemade ready; made readyish; madeready'), []);
  });

  it('leaves a longer name alone where the list excepts it', () => {
    assert.deepEqual(found("send('ask-anew')\nbegin anew, `ask-anew`, anew"), ['2 anew', '2 anew']);
  });

  it('leaves a path alone where the list allows the word', () => {
    assert.deepEqual(found('made ready, told', 'docs/old/a.md'), ['1 told']);
  });
});
