import { expect } from '@open-wc/testing';
import { wantsPrivacy } from '../../../src/widget/metrics/privacy.js';
import { createSampler } from '../../../src/widget/metrics/sampling.js';
import { whySilent } from '../../../src/widget/metrics/why-silent.js';

describe('reasons for sending no report', () => {
  const target = { endpoint: 'https://collect.example/m', sampleRate: 1 };
  const open = { isPrivate: () => false, isIn: () => true };

  it('a missing or unusable endpoint is given as the reason for no report', () => {
    expect(whySilent(target, open)).to.equal(null);
    expect(whySilent({ ...target, endpoint: '/metrics' }, open), 'relative to the page').to.equal(null);
    expect(whySilent({ ...target, endpoint: '' }, open)).to.contain('no metrics-endpoint');
    for (const endpoint of [
      'javascript:alert(1)',
      'data:text/plain,x',
      'ftp://x.example/',
      'https://',
      'file:///etc',
    ])
      expect(whySilent({ ...target, endpoint }, open), endpoint).to.contain('http(s)');
  });

  it('a privacy signal of the browser is given as the reason for no report', () => {
    expect(wantsPrivacy({ globalPrivacyControl: true })).to.equal(true);
    expect(wantsPrivacy({ doNotTrack: '1' })).to.equal(true);
    expect(wantsPrivacy({ globalPrivacyControl: false, doNotTrack: '0' })).to.equal(false);
    expect(wantsPrivacy({ doNotTrack: 'unspecified' })).to.equal(false);
    expect(wantsPrivacy({ doNotTrack: null })).to.equal(false);
    expect(whySilent(target, { ...open, isPrivate: () => true })).to.contain('privacy');
  });

  it('the sample is drawn once for the page, with no report at 0 and every report at 1', () => {
    let draws = 0;
    const isIn = createSampler(() => {
      draws++;
      return 0.5;
    });
    expect([isIn(0), isIn(0.5), isIn(0.51), isIn(1), isIn(0.2)]).to.deep.equal([
      false,
      false,
      true,
      true,
      false,
    ]);
    expect(draws).to.equal(1);
    expect(createSampler(() => 0)(0)).to.equal(false);
    expect(createSampler(() => 0.999_999)(1)).to.equal(true);
    expect(whySilent({ ...target, sampleRate: 0.2 }, { ...open, isIn })).to.contain('sample-rate of 0.2');
  });
});
