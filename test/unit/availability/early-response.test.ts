import { expect } from '@open-wc/testing';
import { KEY, shared } from '../../../src/loader/page-registry.js';
import { takeEarlyResponse } from '../../../src/widget/availability/early-response.js';
import { EARLY_RESPONSE_MAX_AGE_MS } from '../../../src/widget/durations.js';

const URL_OF_SLOTS = 'https://api.example/v2/slots?start=2026-12-01';

describe('early response', () => {
  const before = shared[KEY];
  afterEach(() => {
    if (before) shared[KEY] = before;
    else delete shared[KEY];
  });

  const arrive = (age = 0) => {
    const abort = new AbortController();
    const response = Promise.resolve(new Response('{}'));
    const early = new Map([[URL_OF_SLOTS, { response, at: performance.now() - age, abort }]]);
    shared[KEY] = { base: '', defaults: new URLSearchParams(), early };
    return { abort, response };
  };

  it('there is none where nothing was requested early', () => {
    expect(takeEarlyResponse(URL_OF_SLOTS, new AbortController().signal)).to.equal(undefined);
  });

  it('a response is taken once, by the URL of its request', () => {
    const { response } = arrive();
    const { signal } = new AbortController();
    expect(takeEarlyResponse(`${URL_OF_SLOTS}&more`, signal)).to.equal(undefined);
    expect(takeEarlyResponse(URL_OF_SLOTS, signal)).to.equal(response);
    expect(takeEarlyResponse(URL_OF_SLOTS, signal)).to.equal(undefined);
  });

  it('a response that is too old is given up', () => {
    const { abort } = arrive(EARLY_RESPONSE_MAX_AGE_MS + 1000);
    expect(takeEarlyResponse(URL_OF_SLOTS, new AbortController().signal)).to.equal(undefined);
    expect(abort.signal.aborted).to.equal(true);
  });

  it('the request ends with the one it stands for', () => {
    const { abort } = arrive();
    const own = new AbortController();
    void takeEarlyResponse(URL_OF_SLOTS, own.signal);
    expect(abort.signal.aborted).to.equal(false);
    own.abort();
    expect(abort.signal.aborted).to.equal(true);
  });
});
