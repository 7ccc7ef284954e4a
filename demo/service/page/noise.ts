/** Messages that no host page should act on, as browser extensions, other widgets and pranksters send them. */
const JUNK: readonly unknown[] = [
  null,
  undefined,
  0,
  '',
  'sizing:800',
  '[iFrameSizer]x:700:300:init',
  '{"event":"calendly.event_scheduled"',
  [],
  [{ originator: 'CAL', type: 'linkReady' }],
  {},
  { originator: 'CAL' },
  { originator: 'CAL', type: null, namespace: null, fullType: null, data: null },
  { originator: 'CAL', type: 'toString', namespace: '', fullType: 'CAL::toString', data: {} },
  { originator: 'CAL', type: '__proto__', namespace: '', fullType: 'CAL::__proto__', data: {} },
  {
    originator: 'CAL',
    type: 'bookingSuccessfulV2',
    namespace: 'somebody-else',
    fullType: 'CAL:somebody-else:bookingSuccessfulV2',
    data: { uid: 'foreign' },
  },
  { event: 'calendly.page_height' },
  { event: 'calendly.page_height', payload: { height: {} } },
  { event: 'calendly.event_scheduled', payload: null },
  { event: 'calendly.constructor', payload: {} },
  { source: 'react-devtools-bridge', payload: {} },
];

/** Leaves out the strings that match `own`: a page with this protocol may send them. */
export function sendNoise(own?: RegExp): void {
  for (const junk of JUNK)
    if (typeof junk !== 'string' || !own?.test(junk)) window.parent.postMessage(junk, '*');
}

/** Keeps sending for as long as the document lives. */
export function startNoise(own?: RegExp): void {
  sendNoise(own);
  setInterval(sendNoise, 250, own);
}
