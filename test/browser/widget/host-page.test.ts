import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { setViewport } from '@web/test-runner-commands';
import { formStyles } from '../../../src/widget/views/form.styles.js';
import {
  calcom,
  laterWidgetIsReady,
  mount,
  newHost,
  next,
  part,
  parts,
  requests,
  turn,
  unmountAll,
  until,
} from '../../helpers/widget.js';

/** Milliseconds by which the clock is ahead; the widgets of a page take its clock as they find it first. */
let ahead = 0;
const { now } = Date;
Date.now = () => now() + ahead;

/** What pages do to everything on them. */
const STYLES: Readonly<Record<string, string>> = {
  'styles iframes, buttons and links':
    'iframe{display:none;width:1px;height:1px}button{all:unset;display:none}a{color:transparent;pointer-events:none}',
  'resets everything': '*{all:unset}',
  'sizes everything':
    '*{box-sizing:content-box;margin:0;padding:0;max-width:100%;min-height:0;display:block}',
  'has a tiny root font': 'html{font-size:3px}',
  'has a huge root font': 'html{font-size:60px}',
};

describe('host page styles', () => {
  const sheet = new CSSStyleSheet();
  before(() => {
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });
  afterEach(() => {
    sheet.replaceSync('');
    unmountAll();
  });
  after(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((each) => each !== sheet);
  });

  for (const [what, css] of Object.entries(STYLES))
    it(`a page that ${what} still shows a usable calendar`, async () => {
      sheet.replaceSync(css);
      const widget = mount({ ...calcom(newHost()), availability: 'off', loading: 'eager' });
      await next(widget, 'booking-ready');
      const frame = await until(() => part(widget, 'frame'));
      const { width, height } = frame.getBoundingClientRect();
      expect(width, 'width').to.be.greaterThan(200);
      expect(height, 'height').to.be.greaterThan(150);
      expect(getComputedStyle(frame).display).not.to.equal('none');
    });

  for (const [what, css] of Object.entries(STYLES))
    it(`a page that ${what} still shows a consent button that can be pressed`, async () => {
      sheet.replaceSync(css);
      const widget = mount({ ...calcom(newHost()), consent: 'required' });
      const button = await until(() => part(widget, 'show'));
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
      button.click();
      await next(widget, 'booking-ready');
    });
});

const open = (widget: Element): Promise<HTMLDialogElement> =>
  until(() => {
    const dialog = part<HTMLDialogElement>(widget, 'dialog');
    return dialog?.open && dialog;
  });

/** All that a widget draws itself. */
const drawn = (widget: Element): HTMLElement[] => [
  ...(widget.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? []),
];

describe('right-to-left page', () => {
  before(() => {
    document.documentElement.dir = 'rtl';
  });
  afterEach(unmountAll);
  after(() => {
    document.documentElement.removeAttribute('dir');
  });

  const leftOf = (element: Element | null | undefined): number =>
    element?.getBoundingClientRect().left ?? NaN;

  it('slots and their paging buttons run from right to left', async () => {
    const widget = mount({ ...calcom(newHost()), loading: 'interaction' });
    await next(widget, 'booking-availability');
    // Days are columns, each with its slots one below the other.
    const [first, second] = await until(() => {
      const [one, two] = parts(widget, 'slot').filter((slot) => slot.closest('li')?.matches(':first-child'));
      return one && two && one.offsetTop === two.offsetTop && ([one, two] as const);
    });
    expect(leftOf(first)).to.be.greaterThan(leftOf(second));
    expect(leftOf(part(widget, 'earlier'))).to.be.greaterThan(leftOf(part(widget, 'later')));
    const [monday, tuesday] = parts(widget, 'week-day');
    expect(leftOf(monday)).to.be.greaterThan(leftOf(tuesday));
    const heading = part(widget, 'heading') as HTMLElement;
    expect(getComputedStyle(heading).direction).to.equal('rtl');
    const { left, right } = widget.getBoundingClientRect();
    for (const slot of parts(widget, 'slot')) {
      expect(leftOf(slot)).to.be.at.least(left);
      expect(slot.getBoundingClientRect().right).to.be.at.most(right);
    }
  });

  it('the close button of a right-to-left dialog is on the left', async () => {
    const widget = mount({ ...calcom(newHost()), mode: 'popup', availability: 'off' });
    widget.open();
    const dialog = await open(widget);
    expect(leftOf(part(widget, 'close')) - leftOf(dialog)).to.be.below(40);
  });
});

describe('page at 400 % zoom, where 1280 × 1024 pixels are 320 × 256', () => {
  before(() => setViewport({ width: 320, height: 256 }));
  afterEach(unmountAll);
  after(() => setViewport({ width: 800, height: 600 }));

  const reflows = (): void => {
    expect(document.documentElement.scrollWidth).to.be.at.most(320);
  };
  /** Nothing in the widget has to be scrolled sideways. */
  const reflowsInside = (widget: Element): void => {
    reflows();
    for (const element of drawn(widget))
      if (/auto|scroll/.test(getComputedStyle(element).overflowX))
        expect(element.scrollWidth, element.className).to.be.at.most(element.clientWidth);
  };

  it('slots, calendar and failure view fit 320 px without scrolling sideways', async () => {
    const host = newHost();
    const times = mount({ ...calcom(host), loading: 'interaction' });
    await next(times, 'booking-availability');
    await until(() => part(times, 'slot'));
    reflowsInside(times);
    unmountAll();

    const calendar = mount({ ...calcom(host), availability: 'off', loading: 'eager' });
    await next(calendar, 'booking-ready');
    reflowsInside(calendar);
    unmountAll();

    const failed = mount({
      ...calcom(host, 'no-such-event'),
      availability: 'off',
      loading: 'eager',
      retries: '0',
    });
    await next(failed, 'booking-error');
    await until(() => part(failed, 'open-link'));
    reflowsInside(failed);
  });

  it('the close button and the slots of the dialog can be reached at 400 % zoom', async () => {
    const widget = mount({ ...calcom(newHost()), mode: 'popup', loading: 'interaction' });
    widget.open();
    await open(widget);
    const slot = await until(() => part(widget, 'slot'));
    reflowsInside(widget);
    const close = (part(widget, 'close') as HTMLElement).getBoundingClientRect();
    expect([close.left >= 0, close.right <= 320, close.top >= 0, close.bottom <= 256]).to.not.include(false);
    slot.focus();
    // WebKit brings what has the focus into view after the next layout.
    await until(() => slot.getBoundingClientRect().bottom <= 257);
    const seen = slot.getBoundingClientRect();
    expect(seen.top).to.be.at.least(close.bottom - 1);
    expect(seen.bottom).to.be.at.most(257);
  });

  it('the floating launcher stays inside the page at 400 % zoom', async () => {
    const widget = mount({ ...calcom(newHost()), mode: 'floating', availability: 'off' });
    const { left, right, bottom } = (await until(() => part(widget, 'launcher'))).getBoundingClientRect();
    expect([left >= 0, right <= 320, bottom <= 256]).to.not.include(false);
    reflows();
  });
});

const styleSheetsOf = ({
  styleSheet,
}: {
  readonly styleSheet: CSSStyleSheet | undefined;
}): CSSStyleSheet[] => (styleSheet ? [styleSheet] : []);

describe('motion', () => {
  afterEach(unmountAll);

  /** Rules that hold for visitors who ask for less motion, too. */
  const lasting = (rules: Iterable<CSSRule>): CSSStyleRule[] =>
    [...rules].flatMap((rule) => {
      if (rule instanceof CSSStyleRule) return [rule];
      if (rule instanceof CSSMediaRule && /reduced-motion:\s*no-preference/.test(rule.conditionText))
        return [];
      return rule instanceof CSSGroupingRule ? lasting(rule.cssRules) : [];
    });

  /** Whatever moves does so by a rule for visitors without a preference. */
  const stands = (widget: Element): void => {
    const sheets = [...(widget.shadowRoot?.adoptedStyleSheets ?? []), ...styleSheetsOf(formStyles)];
    const moving = sheets
      .flatMap(({ cssRules }) => lasting(cssRules))
      .filter(({ style }) =>
        ['animation-name', 'transition-duration', 'scroll-behavior'].some((name) =>
          style.getPropertyValue(name),
        ),
      );
    expect(moving.map(({ cssText }) => cssText)).to.deep.equal([]);
    expect(document.getAnimations()).to.have.length(0);
  };

  it('nothing moves for a visitor who asks for less motion: while loading, with slots, in the dialog or after a failure', async () => {
    const host = newHost();
    await turn(host, { delay: 1500 });
    const loading = mount({ ...calcom(host), availability: 'off', loading: 'eager' });
    await until(() => part(loading, 'skeleton'));
    stands(loading);
    const ready = next(loading, 'booking-ready');
    const times = mount({ ...calcom(newHost()), mode: 'popup', loading: 'interaction' });
    times.open();
    await open(times);
    stands(times);
    await until(() => part(times, 'slot'));
    stands(times);
    const closed = next(times, 'booking-close');
    times.close();
    await closed;
    stands(times);
    await ready;
    stands(loading);
    const failed = mount({ ...calcom(host, 'no-such-event'), availability: 'off', loading: 'eager' });
    await next(failed, 'booking-error');
    stands(failed);
  });
});

describe('prerendered page', () => {
  afterEach(unmountAll);

  it('an eager widget in a prerendered page loads nothing before the activation', async () => {
    const host = newHost();
    let hasAsked = false;
    const prerendering = { configurable: true, get: () => (hasAsked = true) };
    Object.defineProperty(document, 'prerendering', prerendering);
    try {
      const widget = mount({ ...calcom(host), loading: 'eager' });
      await until(() => hasAsked);
      // Later widgets start; this one waits for the event.
      Reflect.deleteProperty(document, 'prerendering');
      await laterWidgetIsReady();
      expect(part(widget, 'frame')).to.equal(null);
      expect(await requests(host)).to.deep.equal([]);
      document.dispatchEvent(new Event('prerenderingchange'));
      await next(widget, 'booking-ready');
    } finally {
      Reflect.deleteProperty(document, 'prerendering');
    }
  });
});

describe('page from the back-forward cache', () => {
  afterEach(() => {
    unmountAll();
    ahead = 0;
  });

  it('a page from the back-forward cache keeps its calendar and requests slots that are stale by then', async () => {
    const host = newHost();
    const widget = mount({ ...calcom(host), loading: 'eager' });
    const known = next(widget, 'booking-availability');
    await next(widget, 'booking-ready');
    await known;
    const frame = part(widget, 'frame');
    const slotRequests = async (): Promise<number> =>
      (await requests(host)).filter(({ path }) => path.includes('/v2/slots')).length;
    const before = await slotRequests();
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    ahead = 3_600_000;
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await waitUntil(async () => (await slotRequests()) > before, 'no slots were requested');
    expect(parts(widget, 'frame')).to.have.length(1);
    expect(part(widget, 'frame') === frame).to.equal(true);
  });
});
