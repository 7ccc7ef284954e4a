import { expect } from '@open-wc/testing';
import {
  afterFailure,
  afterSuccess,
  circuitState,
  onTrial,
  type Circuit,
} from '../../../src/scheduling/circuit-breaker.js';
import { budgetFreeAt, isRecent } from '../../../src/widget/availability/request-budget.js';
import { NOW } from './known-answer.js';
import { MINUTE, SECOND } from './times.js';

describe('the request budget', () => {
  const seconds = (...ago: number[]) => ago.map((s) => NOW - s * SECOND);
  const oneTo = (count: number) => Array.from({ length: count }, (_, n) => count - n);

  it('allows 20 requests a minute', () => {
    expect(budgetFreeAt([])).to.equal(0);
    expect(budgetFreeAt(seconds(...oneTo(19)))).to.equal(0);
    expect(budgetFreeAt(seconds(...oneTo(20)))).to.equal(NOW - 20 * SECOND + MINUTE);
  });

  it('allows a request again when the oldest counted request is a minute old', () => {
    expect(budgetFreeAt(seconds(...oneTo(23)))).to.equal(NOW - 20 * SECOND + MINUTE);
  });

  it('does not count requests that are a minute old, nor those of a wrong clock', () => {
    const counted = seconds(-3600, -1, 0, 59, 60, 61).filter((at) => isRecent(at, NOW));
    expect(counted).to.deep.equal(seconds(0, 59));
  });
});

describe('the circuit breaker', () => {
  const well: Circuit = { failures: 0, until: 0 };
  const fail = (circuit: Circuit, now: number) => afterFailure(circuit, now, 5 * SECOND);
  const broken = [1, 2, 3, 4, 5].reduce((circuit) => fail(circuit, NOW), well);

  it('stays closed for four failures, and waits after each', () => {
    let circuit = well;
    for (let count = 1; count < 5; count++) {
      circuit = fail(circuit, NOW);
      expect(circuitState(circuit, NOW)).to.equal('closed');
      expect(circuit.until).to.equal(NOW + 5 * SECOND);
    }
  });

  it('opens for 60 s with the fifth failure, then is half-open', () => {
    expect(circuitState(broken, NOW)).to.equal('open');
    expect(circuitState(broken, NOW + MINUTE - 1)).to.equal('open');
    expect(circuitState(broken, NOW + MINUTE)).to.equal('half-open');
  });

  it('counts failures from zero after a success', () => {
    const circuit = afterSuccess(
      [1, 2, 3, 4].reduce((sum) => fail(sum, NOW), well),
      NOW,
    );
    expect(
      circuitState(
        [1, 2, 3, 4].reduce((sum) => fail(sum, NOW), circuit),
        NOW,
      ),
    ).to.equal('closed');
  });

  it('closes with the second success in a row', () => {
    const once = afterSuccess(broken, NOW + MINUTE);
    expect(circuitState(once, NOW + MINUTE)).to.equal('half-open');
    expect(circuitState(afterSuccess(once, NOW + MINUTE), NOW + MINUTE)).to.equal('closed');
  });

  it('opens again with one failure while it is half-open, and needs two successes again', () => {
    const once = afterSuccess(broken, NOW + MINUTE);
    const again = fail(once, NOW + 2 * MINUTE);
    expect(circuitState(again, NOW + 3 * MINUTE - 1)).to.equal('open');
    expect(circuitState(afterSuccess(again, NOW + 3 * MINUTE), NOW + 3 * MINUTE)).to.equal('half-open');
  });

  it('allows one request at a time while it is half-open', () => {
    const trying = onTrial(broken, NOW + MINUTE);
    expect(circuitState(trying, NOW + MINUTE)).to.equal('open');
    expect(circuitState(trying, NOW + MINUTE + 15 * SECOND)).to.equal('half-open');
    expect(onTrial(well, NOW)).to.deep.equal(well);
  });

  it('waits for as long as the API’s Retry-After says', () => {
    expect(afterFailure(well, NOW, 10 * MINUTE).until).to.equal(NOW + 10 * MINUTE);
    expect(afterFailure(broken, NOW, 10 * MINUTE).until).to.equal(NOW + 10 * MINUTE);
  });
});
