import { expect } from '@open-wc/testing';
import { FAILURE_CODES } from '../../src/protocol/failure-code.js';
import type { FrameSignal } from '../../src/widget/providers/provider.js';
import { NASTY_VALUES } from './nasty-values.js';
import { PERSONAL } from './provider-fixtures.js';

/** Fields each signal may have; nothing else may travel on. */
export const SIGNAL_FIELDS: Readonly<Record<FrameSignal['type'], readonly string[]>> = {
  hello: [],
  ready: [],
  prepared: [],
  resize: ['height', 'ready'],
  'slot-selected': ['doubtful'],
  booked: ['booking'],
  closed: [],
  failed: ['code', 'detail'],
};

export function expectWellFormed(signal: FrameSignal): void {
  expect(SIGNAL_FIELDS).to.have.property(signal.type);
  expect(['type', ...SIGNAL_FIELDS[signal.type]]).to.include.members(Object.keys(signal));
  if (signal.type === 'resize') expect(signal.height).to.be.finite.and.above(0);
  if (signal.type === 'failed') {
    expect(FAILURE_CODES).to.include(signal.code);
    expect(signal.detail).to.be.a('string').with.length.below(500);
  }
  if (signal.type === 'booked') {
    const { id, change, ...times } = signal.booking;
    expect(id).to.be.a('string').with.length.within(1, 500);
    expect(['created', 'moved', 'cancelled']).to.include(change);
    expect(['start', 'end']).to.include.members(Object.keys(times));
    for (const instant of Object.values(times)) expect(Date.parse(instant)).to.be.finite;
  }
  const text = JSON.stringify(signal);
  for (const detail of Object.values(PERSONAL)) expect(text).not.to.include(detail);
}

/** The same value with one field after another, at any depth, replaced by each of the nasty values. */
export function* spoilt(value: unknown): Generator {
  yield* NASTY_VALUES;
  if (typeof value !== 'object' || value === null) return;
  for (const [field, inner] of Object.entries(value))
    for (const other of spoilt(inner)) yield { ...value, [field]: other };
}
