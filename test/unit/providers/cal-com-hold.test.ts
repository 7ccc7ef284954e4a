import { expect } from '@open-wc/testing';
import { hold } from '../../../src/widget/providers/cal-com/hold.js';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

describe('holding a slot at Cal.com', () => {
  const { fetch } = globalThis;
  const slot = { start: '2026-11-24T09:00:00+01:00' };
  let sent: Sent[];
  /** Called with each request; what it returns is the response body, with the status 200 unless it is a number. */
  let respond: (request: Sent) => unknown;

  beforeEach(() => {
    sent = [];
    respond = ({ method }) =>
      method === 'GET' ? { data: [{ id: 7 }] } : { data: { reservationUid: 'r/1' } };
    globalThis.fetch = (address, init) => {
      const { pathname, search } = new URL(address instanceof Request ? address.url : address);
      const request = {
        method: init?.method ?? 'GET',
        path: pathname + search,
        body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      };
      sent.push(request);
      const body = respond(request);
      return Promise.resolve(
        typeof body === 'number' ? Response.json({}, { status: body }) : Response.json(body),
      );
    };
  });
  afterEach(() => {
    globalThis.fetch = fetch;
  });

  const slotsUrl = (event: string) =>
    new URL(`https://api.cal.example/v2/slots?username=ada&eventTypeSlug=${event}&duration=45&start=x`);

  it('looks the event type up, reserves the slot, and releases it again', async () => {
    const result = await hold(slotsUrl('held'), slot);
    expect(result.is).to.equal('held');
    if (result.is === 'held') result.release();
    expect(sent).to.deep.equal([
      { method: 'GET', path: '/v2/event-types?username=ada&eventSlug=held', body: undefined },
      {
        method: 'POST',
        path: '/v2/slots/reservations',
        body: { eventTypeId: 7, slotStart: '2026-11-24T08:00:00.000Z', slotDuration: 45 },
      },
      { method: 'DELETE', path: '/v2/slots/reservations/r%2F1', body: undefined },
    ]);
  });

  it('says that somebody else has the slot', async () => {
    respond = ({ method }) => (method === 'GET' ? { data: [{ id: 7 }] } : 422);
    expect(await hold(slotsUrl('taken'), slot)).to.deep.equal({ is: 'taken' });
  });

  for (const [what, answer] of [
    ['the lookup fails', () => 500],
    ['there is no such event type', () => ({ data: [] })],
    ['the responses are junk', () => null],
  ] as const)
    it(`holds nothing when ${what}`, async () => {
      respond = answer;
      expect(await hold(slotsUrl(what.replaceAll(' ', '-')), slot)).to.deep.equal({ is: 'none' });
    });

  it('reserves nothing when it is aborted before, and releases what it got when it is aborted meanwhile', async () => {
    const early = new AbortController();
    early.abort();
    expect(await hold(slotsUrl('early'), slot, early.signal)).to.deep.equal({ is: 'none' });
    expect(sent.map(({ method }) => method)).not.to.include('POST');

    sent = [];
    const late = new AbortController();
    respond = ({ method }) => {
      if (method === 'POST') late.abort();
      return method === 'GET' ? { data: [{ id: 7 }] } : { data: { reservationUid: 'r2' } };
    };
    expect(await hold(slotsUrl('late'), slot, late.signal)).to.deep.equal({ is: 'none' });
    expect(sent.map(({ method }) => method)).to.deep.equal(['GET', 'POST', 'DELETE']);
  });
});
