import { expect } from '@open-wc/testing';
import { render } from 'lit';
import { initialState } from '../../../src/widget/state/initial-state.js';
import type { WidgetState } from '../../../src/widget/state/state.js';
import { rehearse } from '../../../src/widget/views/rehearse.js';
import type { SlotsActions } from '../../../src/widget/views/slots-actions.js';
import { slotsView } from '../../../src/widget/views/slots-view.js';

const NOW = Date.parse('2026-11-27T10:00Z');
const ACTIONS = new Proxy({}, { get: () => () => undefined }) as SlotsActions;

const PENDING: WidgetState = {
  ...initialState,
  timeZone: 'Europe/Lisbon',
  slots: { ...initialState.slots, request: 'pending' },
};

const withSlots = (starts: readonly string[]): WidgetState => ({
  ...PENDING,
  slots: {
    ...PENDING.slots,
    known: {
      v: 1,
      from: '2026-11-27T00:00:00Z',
      to: '2026-12-28T00:00:00Z',
      fetchedAt: NOW,
      slots: starts.map((start) => ({ start })),
    },
  },
});

describe('rehearsal of the slots', () => {
  const { DateTimeFormat, NumberFormat, PluralRules } = Intl;
  afterEach(() => {
    Object.assign(Intl, { DateTimeFormat, NumberFormat, PluralRules });
  });

  it('slots that come afterwards are drawn with formatters that are there, and nothing is on screen before', () => {
    const before = document.body.cloneNode(true);
    rehearse(PENDING, NOW);
    expect(document.body.isEqualNode(before)).to.equal(true);
    let made = 0;
    const counted = <Format extends new (...words: never[]) => object>(format: Format): Format =>
      new Proxy(format, {
        construct(target, words, self) {
          made++;
          return Reflect.construct(target, words, self) as object;
        },
      });
    Object.assign(Intl, {
      DateTimeFormat: counted(DateTimeFormat),
      NumberFormat: counted(NumberFormat),
      PluralRules: counted(PluralRules),
    });
    const box = document.createElement('div');
    render(
      slotsView(withSlots(['2026-11-30T08:00Z', '2026-11-30T09:00Z']), NOW, ACTIONS, '', undefined),
      box,
    );
    expect(box.querySelectorAll('[part~="slot"]')).to.have.length(2);
    expect(made).to.equal(0);
  });
});
