import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { OPTION_KINDS, OPTION_NAMES, readOption, type OptionKind } from '../../src/widget/options.js';
import { runs } from './runs.js';

/** What people write into attributes: numbers with and without units, words, and anything else. */
const written = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc
    .tuple(fc.double(), fc.constantFrom('', 'px', 'rem', '%', 's', 'ms', ' px', 'PX'))
    .map((parts) => parts.join('')),
  fc.constantFrom(
    '',
    ' ',
    'auto',
    'AUTO ',
    'true',
    'off',
    '1e9',
    '0x10',
    '-1',
    '١٢',
    'NaN',
    'Infinity',
    'calc(1px)',
  ),
);
const names = fc.constantFrom(...OPTION_NAMES);

function assertAllowed(kind: OptionKind, value: unknown): void {
  if (kind.type === 'flag') return assert.equal(typeof value, 'boolean');
  if (kind.type === 'text') return assert.equal(typeof value, 'string');
  if (kind.type === 'choice') return assert.ok(kind.values.includes(String(value)), String(value));
  if (kind.type === 'length') {
    const [, pixels] = /^(\d+(?:\.\d+)?)px$/.exec(String(value)) ?? [];
    if (kind.values.includes(String(value))) return;
    if (pixels !== undefined)
      return assert.ok(Number(pixels) >= kind.min && Number(pixels) <= kind.max, pixels);
    // A length that depends on fonts or the viewport is bounded by CSS.
    return assert.match(String(value), new RegExp(`^clamp\\(${kind.min}px, [^,();]+, ${kind.max}px\\)$`));
  }
  assert.ok(typeof value === 'number' && value >= kind.min && value <= kind.max, String(value));
  if (kind.type === 'integer') assert.equal(value % 1, 0);
}

describe('options', () => {
  it('have an allowed value whatever is written, and the default where nothing is', () => {
    fc.assert(
      fc.property(names, written, (name, text) => {
        const kind: OptionKind = OPTION_KINDS[name];
        assertAllowed(kind, readOption(name, text));
        assert.equal(readOption(name, null), kind.default);
      }),
      runs(),
    );
  });

  it('are read again as the same value when they are written as they were read', () => {
    fc.assert(
      fc.property(names, written, (name, text) => {
        const value = readOption(name, text);
        // CSS functions are the widget's own, and an absent flag is false.
        if (/^clamp/.test(String(value))) return;
        assert.equal(readOption(name, String(value)), value);
      }),
      runs(),
    );
  });
});
