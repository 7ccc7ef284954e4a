import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { upstreamOptions } from '../../src/server/upstreams/upstream-options.js';

describe('accounts that are configured wrongly', () => {
  for (const [about, settings, words] of [
    ['no pages for Acuity', { provider: 'acuity', userId: '1', apiKey: 'k' }, /pages/],
    [
      'a name for a number',
      { provider: 'acuity', userId: 'ada', apiKey: 'k', pages: ['https://a.as.me'] },
      /userId[^]*number/,
    ],
    ['no token for HubSpot', { provider: 'hubspot' }, /token/],
    [
      'a zone that nobody knows',
      {
        provider: 'easyappointments',
        api: 'https://b.example',
        timeZone: 'Berlin',
        services: [{ id: 1, minutes: 5 }],
      },
      /timeZone[^]*IANA/,
    ],
    [
      'no services',
      { provider: 'easyappointments', api: 'https://b.example', timeZone: 'UTC', services: [] },
      /service/,
    ],
    ['a word that is none', { provider: 'hubspot', token: 't', key: 'x' }, /key/],
  ] as const)
    it(`are named: ${about}`, () => {
      const { error } = upstreamOptions.safeParse([settings]);
      assert.ok(error);
      assert.match(JSON.stringify(error.issues), words);
    });
});

describe('the budget of an account', () => {
  it('is that of Calendly’s free plan where its owner does not say another', () => {
    const budgets = (options: object): (number | undefined)[] =>
      upstreamOptions.parse([options]).map(({ budget }) => budget);
    assert.deepEqual(budgets({ provider: 'calendly', token: 't' }), [50]);
    assert.deepEqual(budgets({ provider: 'calendly', token: 't', budget: 500 }), [500]);
    assert.deepEqual(budgets({ provider: 'cal' }), [120]);
  });
});
