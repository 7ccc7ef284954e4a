import { expect } from '@open-wc/testing';
import { pageView } from '../../../src/widget/metrics/page-view.js';

describe('page view', () => {
  it('a page view begins with the navigation or its activation', () => {
    expect(pageView({ type: 'navigate' }, 0)).to.deep.equal({ start: 0, navigation: 'navigate' });
    expect(pageView({ type: 'reload', activationStart: 0 }, 0)).to.deep.equal({
      start: 0,
      navigation: 'reload',
    });
    expect(pageView({ type: 'navigate', activationStart: 812.5 }, 0)).to.deep.equal({
      start: 812.5,
      navigation: 'prerender',
    });
    expect(pageView(undefined, 0)).to.have.property('start', 0);
  });

  it('a page view begins again after the back-forward cache', () => {
    expect(pageView({ type: 'navigate', activationStart: 812.5 }, 60_000)).to.deep.equal({
      start: 60_000,
      navigation: 'back-forward-cache',
    });
  });
});
