import { expect } from '@open-wc/testing';
import { effectsOf } from '../../../src/widget/state/effects.js';
import type { WidgetEvent } from '../../../src/widget/state/events.js';
import { reduce } from '../../../src/widget/state/reduce.js';
import {
  BEGUN,
  availability,
  frameFailed,
  load,
  providerLoaded,
  slotsFresh,
  stateAfter,
  testProvider,
} from '../../helpers/widget-state.js';
import {
  choose,
  FORM,
  INTEND,
  NEAR,
  NINE,
  OPEN,
  POPUP,
  problem,
  READY,
  waitingWidget,
} from '../../helpers/widget-events.js';
import { eventDetails, failure, fallback, FORGET } from '../../helpers/effect-rows.js';
import { language, lengthProvider, options } from '../../helpers/effect-rows.js';
import { START, STOP, type Row } from '../../helpers/effect-rows.js';
import { BOOKED_ROWS } from './booked-rows.js';

/** Every type of event has at least one row: the compiler sees to it. */
const ROWS: Readonly<Record<WidgetEvent['type'], readonly Row[]>> = {
  load: [
    { given: [], event: load(), effects: [...FORGET, { type: 'watch-visibility' }] },
    { given: [], event: problem, effects: [...FORGET, { type: 'show-card' }] },
    { given: [...BEGUN, READY], event: load(), effects: [...FORGET, { type: 'watch-visibility' }] },
  ],
  options: [{ given: BEGUN, event: { type: 'options', options }, state: { options }, effects: [] }],
  unload: [{ given: BEGUN, event: { type: 'unload' }, state: { near: false }, effects: FORGET }],
  language: [{ given: BEGUN, event: { type: 'language', language }, state: { language }, effects: [] }],
  'time-zone': [
    {
      given: [...BEGUN, READY],
      event: { type: 'time-zone', timeZone: 'Asia/Tokyo' },
      state: { timeZone: 'Asia/Tokyo' },
      effects: [{ type: 'request-slots' }],
    },
    {
      given: BEGUN,
      event: { type: 'time-zone', timeZone: 'Asia/Tokyo' },
      effects: [{ type: 'request-slots' }, { type: 'reserve-height' }, START],
    },
  ],
  length: [
    {
      given: [
        load(),
        NEAR,
        { type: 'slots-chunk-loaded' },
        { type: 'provider-loaded', provider: lengthProvider },
        slotsFresh(NINE),
      ],
      event: { type: 'length', minutes: 60 },
      state: { chosen: null },
      effects: [{ type: 'request-slots' }, { type: 'reserve-height' }, START],
    },
  ],
  fallback: [{ given: BEGUN, event: { type: 'fallback', fallback }, state: { fallback }, effects: [] }],
  ahead: [
    {
      given: [load()],
      event: { type: 'ahead' },
      state: { ahead: true },
      effects: [{ type: 'load-slots-chunk' }, { type: 'load-provider' }],
    },
    { given: [load({ mode: 'popup' })], event: { type: 'ahead' }, effects: [] },
    {
      given: [load({ consent: 'required' })],
      event: { type: 'ahead' },
      effects: [{ type: 'load-provider' }],
    },
  ],
  near: [
    {
      given: [load(), { type: 'ahead' }, providerLoaded(), { type: 'slots-chunk-loaded' }],
      event: NEAR,
      effects: [{ type: 'request-slots' }, { type: 'request-details' }, { type: 'reserve-height' }, START],
    },
    {
      given: [load()],
      event: NEAR,
      state: { near: true },
      effects: [{ type: 'load-slots-chunk' }, { type: 'load-provider' }],
    },
    {
      given: [load({ mode: 'popup' })],
      event: NEAR,
      effects: [{ type: 'load-dialog' }, { type: 'load-slots-chunk' }, { type: 'load-provider' }],
    },
    {
      given: [load({ mode: 'popup' })],
      event: { type: 'near', savesData: true },
      effects: [{ type: 'load-dialog' }, { type: 'load-provider' }],
    },
    {
      given: [load({ mode: 'popup', prepare: 'idle' })],
      event: NEAR,
      effects: [{ type: 'load-dialog' }, { type: 'prefetch-when-idle' }, { type: 'load-provider' }],
    },
  ],
  visible: [{ given: [load()], event: { type: 'visible' }, state: { visible: true }, effects: [] }],
  grant: [
    {
      given: [load({ consent: 'required' }), NEAR, providerLoaded()],
      event: { type: 'grant' },
      state: { granted: ['schedule.example'] },
      effects: [{ type: 'load-slots-chunk' }, { type: 'reserve-height' }, START, { type: 'hide-card' }],
    },
  ],
  'provider-loaded': [
    {
      given: [load(), { type: 'ahead' }, { type: 'slots-chunk-loaded' }],
      event: providerLoaded(),
      effects: [{ type: 'recall-slots' }, { type: 'recall-details' }],
    },
    {
      given: [load(), NEAR, { type: 'slots-chunk-loaded' }],
      event: providerLoaded(),
      effects: [{ type: 'request-slots' }, { type: 'request-details' }, { type: 'reserve-height' }, START],
    },
    {
      given: [load(), NEAR, { type: 'slots-chunk-loaded' }],
      event: { type: 'provider-loaded', provider: testProvider({ framing: 'no', availability: 'none' }) },
      effects: [{ type: 'show-card' }],
    },
  ],
  'provider-failed': [
    {
      given: [load(), NEAR],
      event: { type: 'provider-failed', failure, now: 1000, random: 0.5 },
      effects: [{ type: 'schedule-retry', at: 6000 }],
    },
  ],
  'frame-failed': [
    { given: BEGUN, event: frameFailed(), effects: [{ type: 'schedule-retry', at: 6000 }] },
    { given: BEGUN, event: frameFailed('refused'), effects: [{ type: 'show-card' }] },
  ],
  'frame-restart': [
    {
      given: [...BEGUN, READY],
      event: { type: 'frame-restart' },
      effects: [{ type: 'reserve-height' }, START],
    },
  ],
  'frame-load': [{ given: BEGUN, event: { type: 'frame-load' }, effects: [] }],
  'frame-slow': [{ given: BEGUN, event: { type: 'frame-slow' }, effects: [] }],
  'frame-shown': [{ given: BEGUN, event: { type: 'frame-shown' }, state: { view: 'calendar' }, effects: [] }],
  'frame-ready': [
    { given: BEGUN, event: READY, state: { view: 'calendar' }, effects: [] },
    { given: [...BEGUN, frameFailed()], event: READY, effects: [{ type: 'cancel-retry' }] },
  ],
  'frame-doubt': [{ given: [...BEGUN, READY], event: { type: 'frame-doubt' }, effects: [] }],
  'frame-height': [
    {
      given: BEGUN,
      event: { type: 'frame-height', height: 500 },
      state: { height: 500 },
      effects: [{ type: 'request-height', height: 500 }],
    },
  ],
  'failure-taken-over': [
    {
      given: [...BEGUN, frameFailed('refused')],
      event: { type: 'failure-taken-over' },
      effects: [{ type: 'hide-card' }],
    },
  ],
  retry: [
    {
      given: [...BEGUN, frameFailed('timeout')],
      event: { type: 'retry', automatic: true },
      effects: [{ type: 'reserve-height' }, { ...START, keepPrevious: true }, { type: 'cancel-retry' }],
    },
    {
      given: [...BEGUN, frameFailed('offline')],
      event: { type: 'retry', automatic: false },
      state: { view: 'calendar' },
      effects: [{ type: 'reserve-height' }, START, { type: 'cancel-retry' }],
    },
    { given: [problem], event: { type: 'retry', automatic: false }, effects: [{ type: 'read-source' }] },
  ],
  'slots-chunk-loaded': [
    {
      given: [load(), NEAR, providerLoaded()],
      event: { type: 'slots-chunk-loaded' },
      effects: [{ type: 'request-slots' }, { type: 'request-details' }],
    },
  ],
  'slots-pending': [
    { given: BEGUN, event: { type: 'slots-pending' }, effects: [] },
    { given: waitingWidget(), event: { type: 'slots-pending' }, effects: [{ type: 'prefetch-form' }] },
    { given: waitingWidget({ loading: 'lazy' }), event: { type: 'slots-pending' }, effects: [] },
  ],
  'slots-cached': [
    {
      given: BEGUN,
      event: { type: 'slots-cached', availability: availability(NINE), stale: true },
      effects: [],
    },
  ],
  'slots-fresh': [
    { given: BEGUN, event: slotsFresh(NINE), effects: [] },
    { given: waitingWidget(), event: slotsFresh(NINE), effects: [{ type: 'prefetch-form' }] },
    { given: [...waitingWidget(), { type: 'slots-pending' }], event: slotsFresh(NINE), effects: [] },
  ],
  'slots-failed': [{ given: BEGUN, event: { type: 'slots-failed', detail: '' }, effects: [] }],
  'slots-past': [
    {
      given: [...BEGUN, slotsFresh(NINE)],
      event: { type: 'slots-past', now: Date.parse(NINE) },
      effects: [],
    },
  ],
  'slot-taken': [
    {
      given: [...BEGUN, slotsFresh(NINE), choose],
      event: { type: 'slot-taken', start: NINE },
      state: { gone: { start: NINE }, view: 'using' },
      effects: [{ type: 'reserve-height' }, START],
    },
  ],
  details: [
    {
      given: FORM,
      event: { type: 'details', event: eventDetails, confirmed: true },
      state: { details: { event: eventDetails, status: 'confirmed' } },
      effects: [{ type: 'check-form' }],
    },
    {
      given: BEGUN,
      event: { type: 'details', event: eventDetails, confirmed: true },
      effects: [],
    },
  ],
  'details-failed': [
    { given: FORM, event: { type: 'details-failed' }, effects: [{ type: 'check-form' }] },
    { given: BEGUN, event: { type: 'details-failed' }, effects: [] },
  ],
  'form-ready': [{ given: FORM, event: { type: 'form-ready' }, state: { form: 'yes' }, effects: [] }],
  'form-sent': [{ given: FORM, event: { type: 'form-sent' }, state: { form: 'sent' }, effects: [] }],
  'form-declined': [
    {
      given: FORM,
      event: { type: 'form-declined', detail: 'paid' },
      state: { form: 'no', view: 'calendar' },
      effects: [{ type: 'reserve-height' }, START],
    },
    {
      given: FORM.slice(0, -1),
      event: { type: 'form-declined', detail: 'paid' },
      state: { form: 'no', view: 'slots' },
      effects: [],
    },
  ],
  'use-slots': [
    {
      given: [...BEGUN, slotsFresh(NINE)],
      event: { type: 'use-slots' },
      state: { view: 'using' },
      effects: [{ type: 'revalidate-slots' }],
    },
  ],
  'list-zones': [{ given: BEGUN, event: { type: 'list-zones' }, state: { listsZones: true }, effects: [] }],
  turn: [
    {
      given: [...BEGUN, { type: 'use-slots' }],
      event: { type: 'turn', week: '2026-11-30' },
      state: { week: '2026-11-30' },
      effects: [{ type: 'show-week' }],
    },
  ],
  choose: [
    {
      given: FORM.slice(0, -1),
      event: choose,
      state: { view: 'form', chosen: { start: NINE } },
      effects: [{ type: 'check-form' }, { type: 'open-form' }],
    },
    {
      given: BEGUN,
      event: choose,
      state: { chosen: { start: NINE }, view: 'calendar' },
      effects: [{ type: 'reserve-height' }, START],
    },
  ],
  'show-calendar': [
    { given: BEGUN, event: { type: 'show-calendar' }, state: { view: 'calendar' }, effects: [] },
    {
      given: [...BEGUN, { type: 'use-slots' }, READY, { type: 'frame-height', height: 500 }],
      event: { type: 'show-calendar' },
      effects: [{ type: 'request-height', height: 500 }],
    },
    {
      given: [...BEGUN, choose],
      event: { type: 'show-calendar' },
      state: { chosen: null },
      effects: [{ type: 'reserve-height' }, START],
    },
  ],
  'back-to-slots': [
    {
      given: [...BEGUN, choose],
      event: { type: 'back-to-slots' },
      state: { view: 'using', chosen: null },
      effects: [{ type: 'revalidate-slots' }],
    },
  ],
  intend: [
    {
      given: POPUP,
      event: INTEND,
      state: { preparation: 'pending' },
      effects: [{ type: 'load-dialog' }, { type: 'load-slots-chunk' }],
    },
  ],
  prefetch: [
    {
      given: POPUP,
      event: { type: 'prefetch', savesData: true },
      state: { preparation: 'none' },
      effects: [{ type: 'load-dialog' }, { type: 'load-slots-chunk' }],
    },
  ],
  prepared: [
    {
      given: [...POPUP, INTEND],
      event: { type: 'prepared' },
      state: { preparation: 'ready' },
      effects: [],
    },
  ],
  'preparation-failed': [
    {
      given: [...POPUP, INTEND],
      event: { type: 'preparation-failed' },
      state: { preparation: 'none' },
      effects: [{ type: 'drop-prepared-frame' }],
    },
  ],
  open: [
    {
      given: POPUP,
      event: { type: 'open' },
      state: { dialog: 'open' },
      effects: [{ type: 'load-dialog' }, { type: 'load-slots-chunk' }],
    },
    {
      given: [...POPUP, { type: 'dialog-loaded' }],
      event: { type: 'open' },
      effects: [{ type: 'load-slots-chunk' }, START],
    },
  ],
  close: [
    { given: OPEN, event: { type: 'close' }, state: { dialog: 'closed' }, effects: [STOP] },
    { given: [...OPEN, READY], event: { type: 'close' }, effects: [] },
  ],
  'dialog-loaded': [
    { given: POPUP, event: { type: 'dialog-loaded' }, state: { dialogLoaded: true }, effects: [] },
    { given: [...POPUP, { type: 'open' }], event: { type: 'dialog-loaded' }, effects: [START] },
    {
      given: [...POPUP, INTEND],
      event: { type: 'dialog-loaded' },
      effects: [{ type: 'prepare-frame' }],
    },
  ],
  booked: BOOKED_ROWS,
  'view-failed': [
    {
      given: BEGUN,
      event: { type: 'view-failed', view: 'slots', detail: '' },
      state: { broken: ['slots'] },
      effects: [],
    },
  ],
};

describe('effects of events', () => {
  for (const [type, rows] of Object.entries(ROWS))
    rows.forEach(({ given, event, state = {}, effects }, index) => {
      it(`the event "${type}" has its effects and no others (row ${index + 1})`, () => {
        const before = stateAfter(...given);
        const after = reduce(before, event);
        // A retry without a page changes nothing by itself: the address is read again.
        if (after === before) expect(event.type).to.equal('retry');
        expect(after).to.deep.include(state);
        expect(effectsOf(before, event, after)).to.deep.equal(effects);
      });
    });
});
