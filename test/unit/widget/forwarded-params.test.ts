import { expect } from '@open-wc/testing';
import { forwardedParams } from '../../../src/widget/forwarded-params.js';

const ALL = ['utm_source', 'utm_medium', 'utm_campaign'];

describe('forwarded parameters', () => {
  const { href } = location;
  /** Client-side navigation to a query. */
  const navigate = (query: string): void => {
    history.replaceState(null, '', `${location.pathname}${query}`);
  };
  const read = (...names: string[]): Record<string, string> => Object.fromEntries(forwardedParams(names));

  beforeEach(() => {
    sessionStorage.clear();
  });
  afterEach(() => {
    sessionStorage.clear();
    history.replaceState(null, '', href);
  });

  it('the first campaign of a visit is forwarded as a whole, also after another one', () => {
    navigate('?utm_source=first&utm_medium=mail');
    expect(read(...ALL)).to.deep.equal({ utm_source: 'first', utm_medium: 'mail' });
    navigate('?utm_source=second&utm_campaign=spring');
    expect(read(...ALL)).to.deep.equal({ utm_source: 'first', utm_medium: 'mail' });
  });

  it('a widget that forwards fewer names takes none from the others', () => {
    navigate('?utm_source=first&utm_medium=mail');
    read(...ALL);
    navigate('');
    expect(read('utm_source')).to.deep.equal({ utm_source: 'first' });
    expect(read(...ALL)).to.deep.equal({ utm_source: 'first', utm_medium: 'mail' });
  });

  it('names that are not listed are neither forwarded nor stored', () => {
    navigate('?utm_source=first&secret=1');
    expect(read('none')).to.deep.equal({});
    expect(sessionStorage.length).to.equal(0);
    read('utm_source');
    expect(JSON.stringify(Object.entries(sessionStorage))).not.to.include('secret');
  });
});
