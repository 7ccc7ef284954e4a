import { expect } from '@open-wc/testing';
import { json, provider, query, reply, settled } from './fake-browser.js';
import { NOW, setUp } from './scene.js';
import { DAY, MINUTE, SECOND } from './times.js';

describe('a companion', () => {
  const companion = 'https://companion.example/base/';
  const available = (starts: readonly string[], fetchedAt = NOW) => ({
    v: 1,
    from: '2026-11-22T23:00:00Z',
    to: '2027-01-30T23:00:00Z',
    fetchedAt,
    slots: starts.map((start) => ({ start, url: `https://schedule.example/at/${start}` })),
  });
  const start = '2026-11-24T09:00:00Z';

  it('is requested instead of the provider, with its own parameters', async () => {
    const { api, tab } = setUp();
    api.handler = () => json(available([start]));
    const widget = tab.widget().load(query('/acme/30min?name=Jane', { companion }));
    await settled();
    expect(api.requests).to.have.lengthOf(1);
    const { origin, pathname, searchParams } = api.requests[0] ?? new URL('x:');
    expect(origin + pathname).to.equal('https://companion.example/base/v1/availability');
    expect(Object.fromEntries(searchParams)).to.deep.equal({
      src: 'https://schedule.example/acme/30min',
      start: '2026-11-22T23:00:00.000Z',
      end: '2026-12-25T01:00:00.000Z',
      timeZone: 'Europe/Berlin',
    });
    expect(widget.slots.known?.slots).to.deep.equal([{ start, url: `https://schedule.example/at/${start}` }]);
  });

  it('decides by its response how old its slots are', async () => {
    const { clock, api, tab } = setUp();
    api.handler = () => json(available([start], NOW - 2 * MINUTE));
    const widget = tab.widget().load(query('/a', { companion }));
    await settled();
    expect(widget.slots.known?.fetchedAt).to.equal(NOW - 2 * MINUTE);
    await clock.advance(61 * SECOND); // one time stays fresh for 3 min, of which 2 were over
    tab.see();
    await settled();
    expect(api.requests).to.have.lengthOf(2);
  });

  for (const [whose, fetchedAt] of [
    ['ahead of', NOW + DAY],
    ['far behind', NOW - 5 * DAY],
  ] as const)
    it(`whose clock is ${whose} ours still has its slots shown`, async () => {
      const { api, tab } = setUp();
      api.handler = () => json(available([start], fetchedAt));
      const widget = tab.widget().load(query('/a', { companion }));
      await settled();
      expect(widget.starts).to.deep.equal([start]);
      expect(widget.slots).to.include({ origin: 'network', request: 'idle' });
      expect(api.requests).to.have.lengthOf(1);
    });

  it('whose response is shorter than the requested range is not requested in a loop', async () => {
    const { api, tab } = setUp();
    api.handler = () => json({ ...available([start]), to: '2026-11-30T00:00:00.000Z' });
    const widget = tab.widget().load(query('/a', { companion }));
    await settled();
    expect(api.requests).to.have.lengthOf(1);
    expect(widget.slots.known?.to).to.equal('2026-11-30T00:00:00.000Z');
  });

  it('that fails is replaced by the provider, where a browser can request its slots', async () => {
    const { api, tab } = setUp();
    api.handler = ({ url }) => (url.host === 'companion.example' ? reply('', 502) : json([{ start }]));
    const widget = tab.widget().load(query('/a', { companion }));
    await settled();
    expect(api.requests.map(({ host }) => host)).to.deep.equal(['companion.example', 'api.example']);
    expect(widget.starts).to.deep.equal([start]);
  });

  it('is the only source for a provider whose slots a browser cannot request', async () => {
    const { api, tab } = setUp();
    const shy = { ...provider, slots: null };
    api.handler = () => json(available([start]));
    const widget = tab.widget().load(query('/a', { provider: shy, companion }));
    await settled();
    expect(widget.starts).to.deep.equal([start]);
    const alone = tab.widget().load(query('/b', { provider: shy }));
    await settled();
    expect(alone.slots.request).to.equal('failed');
    expect(api.requests).to.have.lengthOf(1);
  });

  it('with an invalid address is replaced by the provider', async () => {
    const { api, tab } = setUp();
    api.handler = () => json([{ start }]);
    const widget = tab.widget().load(query('/a', { companion: 'https://' }));
    await settled();
    expect(widget.starts).to.deep.equal([start]);
  });
});
