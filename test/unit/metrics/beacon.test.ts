import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { createBeacon, type Ways } from '../../../src/widget/metrics/beacon.js';

describe('beacon', () => {
  /** Ways that write down what they are given. */
  const ways = (taken: string[], more: Partial<Ways> = {}): Ways => ({
    fetchLater: (_url, { activateAfter }) => taken.push(`later ${activateAfter ?? 'end'}`),
    navigator: { sendBeacon: () => !!taken.push('beacon') },
    fetch: (_url, { keepalive }) => Promise.resolve(taken.push(keepalive ? 'keepalive' : 'plain')),
    ...more,
  });
  const refuse = (): never => {
    throw new DOMException('over quota', 'QuotaExceededError');
  };

  it('fetchLater, sendBeacon and fetch are tried in order when one is missing, refuses or throws', async () => {
    const taken: string[] = [];
    const send = (more: Partial<Ways>): string =>
      createBeacon('https://c.example/', ways(taken, more)).send('{}');
    const noLater = { fetchLater: undefined } as unknown as Partial<Ways>;
    expect(send({})).to.equal('fetchLater');
    expect(send({ fetchLater: refuse })).to.equal('sendBeacon');
    expect(send(noLater)).to.equal('sendBeacon');
    expect(send({ ...noLater, navigator: { sendBeacon: () => false } })).to.equal('fetch');
    expect(send({ ...noLater, navigator: { sendBeacon: refuse } })).to.equal('fetch');
    expect(send({ ...noLater, navigator: {} })).to.equal('fetch');
    await waitUntil(() => taken.length === 6);
    expect(taken).to.deep.equal(['later 0', 'beacon', 'beacon', 'keepalive', 'keepalive', 'keepalive']);
  });

  it('a refused keepalive request is followed by a plain one', async () => {
    const tried: (boolean | undefined)[] = [];
    const fetch: Ways['fetch'] = (_url, { keepalive }) => {
      tried.push(keepalive);
      return Promise.reject(new TypeError('Failed to fetch'));
    };
    createBeacon('https://c.example/', { navigator: {}, fetch }).send('{}');
    await waitUntil(() => tried.length === 2);
    expect(tried).to.deep.equal([true, undefined]);
    const thrown = createBeacon('https://c.example/', { navigator: {}, fetch: refuse });
    expect(thrown.send('{}'), 'a replaced fetch that throws').to.equal('fetch');
  });

  it('a beacon carries no credentials, no page address and a type without preflight', () => {
    let init: RequestInit = {};
    createBeacon('https://c.example/', { ...ways([]), fetchLater: (_url, given) => (init = given) }).send(
      '{"v":1}',
    );
    expect(init).to.include({
      method: 'POST',
      mode: 'no-cors',
      credentials: 'omit',
      referrerPolicy: 'strict-origin',
      body: '{"v":1}',
    });
    expect(init.headers).to.equal(undefined);
  });

  it('one report is kept for the end of the page and replaced by a later or a sent one', () => {
    const left: AbortSignal[] = [];
    const fetchLater: Ways['fetchLater'] = (_url, { signal }) => signal && left.push(signal);
    const beacon = createBeacon('https://c.example/', { ...ways([]), fetchLater });
    expect(beacon.leave('1')).to.equal(true);
    expect(beacon.leave('2')).to.equal(true);
    expect(left.map(({ aborted }) => aborted)).to.deep.equal([true, false]);
    beacon.send('3');
    expect(left.map(({ aborted }) => aborted)).to.deep.equal([true, true, false]);
    beacon.leave('4');
    expect(left[2]?.aborted, 'what is on its way is not taken back').to.equal(false);
    expect(createBeacon('https://c.example/', { ...ways([]), fetchLater: refuse }).leave('5')).to.equal(
      false,
    );
  });
});
