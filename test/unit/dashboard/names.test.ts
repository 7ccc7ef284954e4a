import { expect } from '@open-wc/testing';
import { accountNames, failureName, isSample, pageName, providerName } from '../../../src/dashboard/names.js';
import { PROVIDERS } from '../../../src/server/metrics/names.js';

describe('names on the dashboard', () => {
  it('stand for the ids of providers and failures; an unknown id stays as it is', () => {
    expect(providerName('cal')).to.equal('Cal.com');
    expect(failureName('blocked-csp')).to.equal('Blocked by the security policy of the page');
    expect(providerName('new-provider')).to.equal('new-provider');
    expect(providerName('constructor')).to.equal('constructor');
  });

  it('number the accounts of one provider, in their order', () => {
    const names = accountNames([
      { account: 'cal-1a2b', provider: 'cal' },
      { account: 'calendly-3c4d', provider: 'calendly' },
      { account: 'cal-5e6f', provider: 'cal' },
    ]);
    expect([...names]).to.deep.equal([
      ['cal-1a2b', 'Cal.com 1'],
      ['calendly-3c4d', 'Calendly'],
      ['cal-5e6f', 'Cal.com 2'],
    ]);
  });

  it('are paths for pages of one host, and have the host where there are several', () => {
    const page = 'https://shop.example/book';
    expect(pageName(page, [page, 'https://shop.example/'])).to.equal('/book');
    expect(pageName(page, [page, 'https://other.example/'])).to.equal('shop.example/book');
    expect(pageName('no address', [page])).to.equal('no address');
    expect(pageName('other', [page, 'other'])).to.equal('Other pages');
    expect(pageName(page, [page, 'other'])).to.equal('/book');
  });

  it('are read in any script, without what separates, hides or turns text around', () => {
    for (const [written, read] of [
      ['/%C3%BCber-uns', '/über-uns'],
      ['/%E4%BA%88%E7%B4%84/%F0%9F%97%93', '/予約/🗓'],
      ['/a%2Fb%20c', '/a%2Fb%20c'],
      ['/%E2%80%AEkoob', '/%E2%80%AEkoob'],
      ['/50%25-off', '/50%-off'],
      ['/%FC', '/%FC'],
    ] as const)
      expect(pageName(`https://shop.example${written}`, [])).to.equal(read);
  });

  it('are known for every service that widgets report', () => {
    expect(PROVIDERS.filter((id) => providerName(id) === id)).to.deep.equal([]);
  });

  it('tell pages of the sample data from pages of a real site', () => {
    expect(isSample('https://sample-data.example/book')).to.equal(true);
    expect(isSample('https://sample-data.example.com/book')).to.equal(false);
    expect(isSample('sample-data.example')).to.equal(false);
  });
});
