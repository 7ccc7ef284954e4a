import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import {
  calcom,
  frameOf,
  mount,
  newHost,
  next,
  part,
  parts,
  slotRequests,
  slotsOf,
  turn,
  unmountAll,
  until,
} from '../../helpers/widget.js';

describe('the picker', () => {
  let host = '';
  const picker = (width: number, more: Record<string, string> = {}) => {
    const widget = mount({
      ...calcom(host),
      booking: 'frame',
      loading: 'interaction',
      'time-zone': 'Europe/Berlin',
      ...more,
    });
    widget.style.width = `${String(width)}px`;
    return widget;
  };
  const some = (widget: Element): Promise<HTMLElement[]> =>
    until(() => (slotsOf(widget).length ? slotsOf(widget) : null));
  const focused = (widget: Element): Element | null | undefined => widget.shadowRoot?.activeElement;
  const keyOf = (element: Element | null | undefined): string | undefined =>
    (element as HTMLElement | null)?.dataset['key'];
  /** A page with all its slots, and the keys that work in it. */
  const used = async (widget: Element): Promise<HTMLElement[]> => {
    await some(widget);
    part(widget, 'later')?.click();
    const all = await until(() => (slotsOf(widget).length > 6 ? slotsOf(widget) : null));
    all[0]?.focus();
    await until(() => all[0]?.getAttribute('tabindex') === '0');
    return all;
  };
  const sectionOf = (element: Element | null | undefined): number =>
    [...(element?.closest('.days')?.children ?? [])].indexOf(element?.closest('section') ?? document.body);
  const press = async (widget: Element, key: string): Promise<Element | null | undefined> => {
    await sendKeys({ press: key });
    return focused(widget);
  };

  beforeEach(() => {
    host = newHost();
  });
  afterEach(unmountAll);

  it('every number is written in the digits of the times', async () => {
    const widget = picker(320, { lang: 'ar-EG' });
    await some(widget);
    await until(() => slotsOf(widget)[0]?.textContent.includes('٠'));
    const numbers = ['week-day', 'clock', 'more', 'slot'].flatMap((name) =>
      parts(widget, name).map((each) => each.textContent),
    );
    expect(numbers.filter((text) => /[٠-٩]/.test(text))).to.not.be.empty;
    expect(numbers.filter((text) => /\d/.test(text))).to.deep.equal([]);
  });

  it('days are columns from 560 px on, and one after the other below', async () => {
    const wide = picker(560);
    const narrow = picker(559);
    for (const widget of [wide, narrow]) await some(widget);
    const lefts = (widget: Element): Set<number> =>
      new Set(
        slotsOf(widget)
          .filter((slot) => slot.checkVisibility())
          .map((slot) => slot.closest('section')?.getBoundingClientRect().left ?? 0),
      );
    // How many days the first slots lie on depends on how much of today is left.
    const shownDays = new Set(slotsOf(wide).map((slot) => slot.closest('section'))).size;
    expect(shownDays).to.be.greaterThan(1);
    expect(lefts(wide).size).to.equal(shownDays);
    expect(lefts(narrow).size).to.equal(1);
    const [day] = parts(narrow, 'day').filter((each) => each.checkVisibility());
    expect(day?.getBoundingClientRect().height).to.be.greaterThan(10);
  });

  it('a narrow picker shows the slots of the day that the visitor chooses in the strip', async () => {
    const widget = picker(320);
    await some(widget);
    const [, second] = parts(widget, 'week-day').filter((day) => day.ariaDisabled === 'false');
    const count = Number(/(\d+) times?$/.exec(second?.ariaLabel ?? '')?.[1]);
    expect(count).to.be.greaterThan(0);
    second?.click();
    await until(() => second?.ariaPressed === 'true');
    const seen = slotsOf(widget).filter((slot) => slot.checkVisibility());
    expect(seen).to.have.length(count);
    expect(await slotRequests(host), 'the days were known').to.equal(1);
  });

  for (const [lang, dir] of [
    ['en', 'ltr'],
    ['de', 'ltr'],
    ['ar', 'rtl'],
  ] as const)
    it(`arrows, week and month are in one row at 320 px in "${lang}"`, async () => {
      const widget = picker(320, { lang, dir });
      await some(widget);
      await until(() => part(widget, 'earlier')?.ariaLabel !== 'Previous week' || lang === 'en');
      const boxes = ['month', 'earlier', 'later'].map((name) => part(widget, name)?.getBoundingClientRect());
      const outer = widget.getBoundingClientRect();
      for (const box of boxes) {
        expect(box?.top).to.equal(boxes[1]?.top);
        expect(box?.left).to.be.at.least(outer.left);
        expect(box?.right).to.be.at.most(outer.right);
      }
    });

  it('nothing below the slots moves when the visitor turns to another week', async () => {
    const widget = picker(600);
    await some(widget);
    const places = (): number[] =>
      ['zone', 'all-times', 'later', 'week-day'].map(
        (name) => part(widget, name)?.getBoundingClientRect().top ?? NaN,
      );
    const before = places();
    const height = widget.offsetHeight;
    for (let week = 0; week < 4; week++) {
      const [day] = parts(widget, 'day');
      part(widget, 'later')?.click();
      await until(() => parts(widget, 'day')[0] !== day);
      expect(places()).to.deep.equal(before);
      expect(widget.offsetHeight).to.equal(height);
    }
  });

  it('the heading says who, what, how long and where, and days are headings', async () => {
    const widget = picker(600);
    await until(() => part(widget, 'heading')?.textContent === '30 minute meeting');
    expect(part(widget, 'heading')?.localName).to.equal('h2');
    expect(part(widget, 'facts')?.textContent.trim()).to.match(/^Test .+ · 30 min · Cal Video$/);
    expect(parts(widget, 'day').map(({ localName }) => localName)).to.deep.equal(
      Array.from({ length: 7 }, () => 'h3'),
    );
  });

  it('the host’s picture is loaded only where the scheduling page is', async () => {
    await turn(host, { late: 60_000 });
    const widget = picker(600);
    await until(() => part(widget, 'heading')?.textContent === '30 minute meeting');
    expect(widget.shadowRoot?.querySelector('img')).to.equal(null);
    widget.remove();
    const framed = picker(600, { loading: 'eager' });
    const { left } = (await until(() => part(framed, 'heading'))).getBoundingClientRect();
    await until(() => frameOf(framed) && framed.shadowRoot?.querySelector('img[loading="lazy"][alt=""]'));
    expect(part(framed, 'heading')?.getBoundingClientRect().left, 'nothing moves').to.equal(left);
  });

  it('the tab key reaches one of the slots, and arrows, Home, End and Page keys the others', async () => {
    const widget = picker(700);
    const all = await used(widget);
    expect(all.filter((slot) => slot.tabIndex === 0)).to.deep.equal([all[0]]);
    const stops = [...(part(widget, 'times')?.querySelectorAll<HTMLElement>('button, select') ?? [])];
    expect(stops.filter(({ tabIndex }) => tabIndex === 0)).to.have.length(8);
    const column = [...(all[0]?.closest('ul')?.querySelectorAll('button') ?? [])];
    expect(await press(widget, 'ArrowDown')).to.equal(column[1]);
    expect(await press(widget, 'ArrowRight')).not.to.equal(column[1]);
    expect(sectionOf(focused(widget))).to.be.greaterThan(sectionOf(column[0]));
    expect(await press(widget, 'ArrowLeft')).to.equal(column[1]);
    expect(await press(widget, 'End')).to.equal(column.at(-1));
    expect(await press(widget, 'Home')).to.equal(column[0]);
    await until(() => all.filter((slot) => slot.tabIndex === 0).length === 1 && all[0]?.tabIndex === 0);
    await press(widget, 'PageDown');
    const later = await until(() => keyOf(focused(widget)) !== keyOf(all[0]) && keyOf(focused(widget)));
    expect(Date.parse(later) - Date.parse(keyOf(all[0]) ?? '')).to.be.greaterThan(3 * 86_400_000);
    await press(widget, 'PageUp');
    await until(() => keyOf(focused(widget)) === keyOf(all[0]));
  });

  it('the arrow to the left leads to the next day where one writes from right to left', async () => {
    const widget = picker(700, { dir: 'rtl' });
    const [first] = await used(widget);
    await press(widget, 'ArrowLeft');
    expect(sectionOf(focused(widget))).to.be.greaterThan(sectionOf(first));
  });

  it('the arrows to other weeks point away from each other, and the other way round where one writes from right to left', async () => {
    const [plain, mirrored] = [picker(600), picker(600, { dir: 'rtl' })];
    for (const widget of [plain, mirrored]) await some(widget);
    const turns = (widget: Element): string[] =>
      ['earlier', 'later'].map((name) => {
        const button = part(widget, name);
        return button ? getComputedStyle(button, '::before').rotate : '';
      });
    expect(turns(plain)).to.deep.equal(['45deg', '225deg']);
    expect(turns(mirrored)).to.deep.equal(['225deg', '45deg']);
  });

  it('a chosen slot travels into the line above the calendar, except for visitors who prefer less motion', async () => {
    const { animate } = Element.prototype;
    const { matchMedia } = globalThis;
    const travelled: string[] = [];
    Element.prototype.animate = function (this: Element, ...how) {
      const [first] = how[0] as Keyframe[];
      travelled.push(`${this.getAttribute('part') ?? ''} ${String(first?.['transform'])}`);
      return animate.apply(this, how);
    };
    const choose = async (): Promise<void> => {
      const widget = picker(600);
      const [slot] = await some(widget);
      slot?.click();
      await until(() => part(widget, 'chosen'));
    };
    try {
      await choose();
      expect(travelled).to.have.lengthOf(1);
      expect(travelled[0]).to.match(/^chosen translate\(-?\d.*px, [1-9].*px\)$/);
      globalThis.matchMedia = (query) =>
        matchMedia.call(globalThis, query.includes('reduce') ? 'all' : query);
      await choose();
      expect(travelled).to.have.lengthOf(1);
    } finally {
      Element.prototype.animate = animate;
      globalThis.matchMedia = matchMedia;
    }
  });

  it('the focus goes on among the slots when more come, and when its own one is taken', async () => {
    const widget = picker(700);
    const before = await some(widget);
    const more = part(widget, 'more');
    more?.focus();
    more?.click();
    const key = await until(() => slotsOf(widget).length > 6 && keyOf(focused(widget)));
    expect(before.map(keyOf)).not.to.include(key);
    widget.store.send({ type: 'slot-taken', start: key });
    await until(() => !slotsOf(widget).some((slot) => keyOf(slot) === key));
    expect(keyOf(focused(widget))).to.be.a('string');
  });

  it('the clock that a visitor chooses holds in every widget and on the next visit', async () => {
    const widget = picker(600, { lang: 'en' });
    const other = picker(600, { lang: 'en' });
    for (const each of [widget, other]) await some(each);
    expect(slotsOf(widget)[0]?.textContent).to.match(/[AP]M/);
    parts(widget, 'clock')[1]?.click();
    for (const each of [widget, other])
      await until(() => /^\s*\d+:\d\d\s*$/.test(slotsOf(each)[0]?.textContent ?? ''));
    // Only what is near the viewport has slots.
    other.remove();
    const again = picker(600, { lang: 'en' });
    await some(again);
    expect(parts(again, 'clock').map(({ ariaPressed }) => ariaPressed)).to.deep.equal(['false', 'true']);
    parts(again, 'clock')[0]?.click();
    await until(() => /[AP]M/.test(slotsOf(widget)[0]?.textContent ?? ''));
  });

  it('a time zone is found by its city', async () => {
    const widget = picker(600);
    await some(widget);
    const choice = part(widget, 'zone-choice') as HTMLSelectElement;
    choice.focus();
    const search = await until(() => part<HTMLInputElement>(widget, 'zone-search'));
    expect([...choice.options].map(({ text }) => text)).to.include('Tokyo, Asia');
    expect(search.list?.options.length).to.equal(choice.options.length);
    search.value = 'Tokyo, Asia';
    search.dispatchEvent(new InputEvent('input', { bubbles: true }));
    await until(() => part(widget, 'zone')?.textContent.includes('Asia/Tokyo'));
    choice.value = 'Europe/Berlin';
    choice.dispatchEvent(new Event('change'));
  });

  it('an event type whose next slot is months away begins there after one more request', async () => {
    const widget = picker(600, calcom(host, 'far'));
    const availability = next(widget, 'booking-availability');
    const [first] = await some(widget);
    await availability;
    expect(Date.parse(keyOf(first) ?? '')).to.be.greaterThan(Date.now() + 149 * 86_400_000);
    expect(await slotRequests(host)).to.equal(2);
    expect(part(widget, 'earlier')).to.have.attribute('aria-disabled', 'false');
  });

  it('an empty week months before the next slot leads to it', async () => {
    const widget = picker(600, calcom(host, 'far'));
    await some(widget);
    const month = part(widget, 'month') as HTMLSelectElement;
    month.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, composed: true }));
    await until(() => month.length > 1);
    month.selectedIndex = 1;
    month.dispatchEvent(new Event('change'));
    (await until(() => part(widget, 'next-free'))).click();
    expect(Date.parse(keyOf((await some(widget))[0]) ?? '')).to.be.greaterThan(Date.now() + 149 * 86_400_000);
  });
});
