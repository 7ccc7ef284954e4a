import { expect, waitUntil } from '@open-wc/testing';
import { VERSION } from '../../../src/version.js';
import { closePages, openPage, type LoaderPage, type PageOptions } from '../../helpers/cdn.js';

const SCRIPT = '<script async src="{cdn}/booking-widget.js"></script>';
const FOR_ALL_LINKS = '<script async src="{cdn}/booking-widget.js?links=popup"></script>';
const LINK = '<a class="booking-widget" href="{page}">Book a time</a>';
/** Known by its address; nobody asks for it before the dialog opens. */
const KNOWN = 'https://cal.com/acme/30min';

type Widget = HTMLElement & { mode: string; src: string; theme: string; slots: number; open(): void };

const enhanced = async (page: LoaderPage, selector: string): Promise<HTMLElement> => {
  const link = page.one(selector);
  await waitUntil(() => link.getAttribute('aria-haspopup') === 'dialog', `${selector} was not enhanced`, {
    timeout: 10_000,
  });
  return link;
};

const widgets = ({ document }: LoaderPage): Widget[] => [
  ...document.querySelectorAll<Widget>('booking-widget'),
];

const onlyWidget = (page: LoaderPage): Widget => {
  const [widget, ...more] = widgets(page);
  if (!widget || more.length > 0) throw new Error(`${widgets(page).length} widgets on the page`);
  return widget;
};

/** Clicks like a visitor. Resolves to whether the browser was left to follow the link; nothing is followed here. */
function click({ window }: LoaderPage, link: Element, init: MouseEventInit = {}): boolean {
  let followed = true;
  window.addEventListener(
    'click',
    (event) => {
      followed = !event.defaultPrevented;
      event.preventDefault();
    },
    { once: true },
  );
  link.dispatchEvent(
    new window.MouseEvent('click', { bubbles: true, cancelable: true, composed: true, ...init }),
  );
  return followed;
}

const dialogIsOpen = (page: LoaderPage): Promise<void> =>
  waitUntil(
    () => widgets(page).some(({ shadowRoot }) => shadowRoot?.querySelector('dialog')?.open),
    'no dialog opened',
    { timeout: 10_000 },
  );

afterEach(closePages);

const DOORS: readonly (readonly [door: string, script: string, options?: PageOptions])[] = [
  ['the loader', SCRIPT],
  ['the loader, without CORS', SCRIPT, { cors: false }],
  ['the one file', SCRIPT.replace('.js', '.all.js')],
  ['the module', SCRIPT.replace('async', 'type="module"').replace('.js', '.mjs')],
];

for (const [door, script, options] of DOORS)
  describe(`a link with the class, brought to life by ${door}`, () => {
    it('opens a dialog on a plain click', async () => {
      const page = await openPage(script + LINK, options);
      const link = await enhanced(page, 'a');
      expect(click(page, link)).to.be.false;
      await dialogIsOpen(page);
      const widget = onlyWidget(page);
      expect([widget.mode, widget.src]).to.deep.equal(['popup', page.one<HTMLAnchorElement>('a').href]);
    });

    it('a box is filled, and what it held is the fallback', async () => {
      const page = await openPage(
        `${script}<div data-booking-src="{page}" data-booking-slots="9"><a href="{page}">Book</a></div>`,
        options,
      );
      await waitUntil(() => widgets(page).length === 1, 'no widget', { timeout: 10_000 });
      const widget = onlyWidget(page);
      await waitUntil(() => !!widget.shadowRoot);
      expect(widget.parentElement?.hasAttribute('data-booking-src')).to.be.true;
      expect(widget.querySelector('a')?.textContent).to.equal('Book');
      expect([widget.mode, widget.slots]).to.deep.equal(['inline', 9]);
    });
  });

describe('a link that opens a dialog', () => {
  for (const [how, init] of Object.entries({
    ctrl: { ctrlKey: true },
    meta: { metaKey: true },
    shift: { shiftKey: true },
    alt: { altKey: true },
    'the middle button': { button: 1 },
  }))
    it(`stays the browser’s when clicked with ${how}`, async () => {
      const page = await openPage(SCRIPT + LINK);
      expect(click(page, await enhanced(page, 'a'), init)).to.be.true;
      expect(
        widgets(page).filter(({ shadowRoot }) => shadowRoot?.querySelector('dialog[open]')),
      ).to.deep.equal([]);
    });

  it('leaves a click alone that the page has already taken', async () => {
    const page = await openPage(`${SCRIPT}<p>${LINK}</p>`);
    const link = await enhanced(page, 'a');
    page.one('p').addEventListener(
      'click',
      (event) => {
        event.preventDefault();
      },
      { capture: true },
    );
    click(page, link);
    expect(widgets(page)).to.deep.equal([]);
  });

  it('adds nothing to the page before the visitor reaches for it, and nothing that can be seen', async () => {
    const page = await openPage(`${SCRIPT}<style>a{display:block}</style>${LINK}<p>after</p>`);
    const link = await enhanced(page, 'a');
    expect(widgets(page)).to.deep.equal([]);
    const height = page.document.documentElement.scrollHeight;
    link.dispatchEvent(new page.window.Event('pointerenter'));
    const { width, height: own } = onlyWidget(page).getBoundingClientRect();
    expect([width, own, page.document.documentElement.scrollHeight]).to.deep.equal([0, 0, height]);
    expect(onlyWidget(page).parentElement).to.equal(page.document.body);
    expect(onlyWidget(page).querySelector('a')?.checkVisibility()).to.be.false;
  });

  it('hands its options on, and its wrapper’s under them', async () => {
    const page = await openPage(
      `${SCRIPT}<div class="booking-widget" lang="de" data-booking-theme="dark" data-booking-slots="5">
        <p><a class="booking-widget" data-booking-slots="7" data-booking-onclick="alert(1)" href="{page}">Book</a></p></div>`,
    );
    click(page, await enhanced(page, 'a'));
    await dialogIsOpen(page);
    const widget = onlyWidget(page);
    expect([widget.theme, widget.slots, widget.lang, widget.onclick]).to.deep.equal(['dark', 7, 'de', null]);
  });

  it('follows a change of its address', async () => {
    const page = await openPage(SCRIPT + LINK);
    const link = await enhanced(page, 'a');
    link.dispatchEvent(new page.window.Event('pointerenter'));
    link.setAttribute('href', `${page.one<HTMLAnchorElement>('a').href}/other`);
    click(page, link);
    await dialogIsOpen(page);
    expect(onlyWidget(page).src).to.match(/30min\/other$/);
  });

  it('works when it is a copy of one that already works', async () => {
    const page = await openPage(`${SCRIPT}<section><p>${LINK}</p></section>`);
    const link = await enhanced(page, 'a');
    click(page, link);
    await dialogIsOpen(page);
    page.one('section').innerText = '';
    const copy = page.document.importNode(link, true);
    page.one('section').append(copy);
    await waitUntil(() => !click(page, copy), 'the copy does not work');
    await waitUntil(() => widgets(page).length === 2);
  });

  it('does not leave a popup behind that a page cache has copied', async () => {
    const page = await openPage(SCRIPT + LINK);
    click(page, await enhanced(page, 'a'));
    await dialogIsOpen(page);
    const copy = page.document.importNode(onlyWidget(page), true);
    page.document.body.append(copy);
    await waitUntil(() => !copy.isConnected);
    onlyWidget(page);
  });

  it('is enhanced once, however often it is moved', async () => {
    const page = await openPage(`${SCRIPT}${LINK}<section></section>`);
    const link = await enhanced(page, 'a');
    page.one('section').append(link);
    page.document.body.prepend(link);
    click(page, link);
    await dialogIsOpen(page);
    onlyWidget(page);
  });

  it('can be a button', async () => {
    const page = await openPage(`${SCRIPT}<button data-booking-src="{page}">Book</button>`);
    click(page, await enhanced(page, 'button'));
    await dialogIsOpen(page);
    expect(page.one('button').querySelector('booking-widget')).to.equal(null);
  });

  it('stays a link where its address is no web address', async () => {
    const page = await openPage(
      `${SCRIPT}${LINK}<a id="mail" class="booking-widget" href="mailto:a@example.com">Mail</a>`,
    );
    await enhanced(page, 'a');
    expect(page.one('#mail').hasAttribute('aria-haspopup')).to.be.false;
    expect(click(page, page.one('#mail'))).to.be.true;
  });
});

describe('a link in another mode', () => {
  it('inline gives its place to the widget and becomes its fallback', async () => {
    const page = await openPage(
      `${SCRIPT}<main><a class="booking-widget" data-booking-mode="inline" href="{page}">Book</a></main>`,
    );
    await waitUntil(() => widgets(page).length === 1, 'no widget', { timeout: 10_000 });
    const widget = onlyWidget(page);
    expect(widget.parentElement?.localName).to.equal('main');
    expect(page.one('a').parentElement).to.equal(widget);
    await waitUntil(() => widget.mode === 'inline');
  });

  it('a wrapper can say so for the link in it', async () => {
    const page = await openPage(
      `${SCRIPT}<p class="booking-widget" data-booking-mode="floating"><a href="${KNOWN}">Book</a></p>`,
    );
    await waitUntil(() => widgets(page)[0]?.mode === 'floating', 'no widget', { timeout: 10_000 });
  });

  it('junk is what is written nowhere: a popup', async () => {
    const page = await openPage(
      `${SCRIPT}<a class="booking-widget" data-booking-mode="sideways" href="{page}">Book</a>`,
    );
    await enhanced(page, 'a');
  });
});

describe('which links are meant', () => {
  it('in a wrapper with the class those that lead to a known scheduler', async () => {
    const page = await openPage(
      `${SCRIPT}<div class="wp-block-button booking-widget"><a id="yes" href="${KNOWN}">Book</a>
        <a id="price" href="https://cal.com/pricing">Prices</a><a id="no" href="https://example.com/">Us</a></div>
        <a id="outside" href="${KNOWN}">Another</a>`,
    );
    await enhanced(page, '#yes');
    for (const id of ['price', 'no', 'outside'])
      expect(page.one(`#${id}`).hasAttribute('aria-haspopup'), id).to.be.false;
  });

  it('with ?links=popup those of the whole page, also later ones', async () => {
    const page = await openPage(
      `${FOR_ALL_LINKS}<a id="cal" href="${KNOWN}">Book</a><a id="calendly" href="https://calendly.com/acme/30min">Book</a>
        <a id="price" href="https://cal.com/pricing">Prices</a><a id="no" href="https://example.com/cal.com/x">Us</a>
        <svg width="9" height="9"><a href="${KNOWN}"><text>Book</text></a></svg><p></p>`,
    );
    await enhanced(page, '#cal');
    await enhanced(page, '#calendly');
    for (const id of ['price', 'no'])
      expect(page.one(`#${id}`).hasAttribute('aria-haspopup'), id).to.be.false;
    const later = page.document.createElement('a');
    later.href = KNOWN;
    later.id = 'later';
    later.textContent = 'Book';
    page.one('p').append(later);
    await enhanced(page, '#later');
  });

  it('links that lead elsewhere cost one look at the table of schedulers, and nothing on their own site', async () => {
    const page = await openPage(
      `${FOR_ALL_LINKS}<a href="https://example.com/">Us</a><a href="https://example.org/">Them</a><a href="/here">Here</a><b></b>`,
    );
    await waitUntil(async () => (await page.requests()).length > 1);
    const probed = new Promise((resolve) => {
      new page.window.IntersectionObserver(resolve).observe(page.one('b'));
    });
    await probed;
    expect(await page.requests()).to.deep.equal([
      'booking-widget.js?links=popup',
      `v${VERSION}/recognize-others.js`,
    ]);
  });

  it('links to rarer schedulers open here too, but not those that nobody may frame', async () => {
    const page = await openPage(
      `${FOR_ALL_LINKS}<a id="tidy" href="https://tidycal.com/ada">Book</a><a id="poll" href="https://app.rallly.co/invite/A">Vote</a>`,
    );
    await waitUntil(() => page.one('#tidy').getAttribute('aria-haspopup') === 'dialog', 'no popup', {
      timeout: 10_000,
    });
    expect(page.one('#poll').hasAttribute('aria-haspopup')).to.equal(false);
  });

  it('what lies in a widget or a box is its fallback, not a form of its own', async () => {
    const page = await openPage(
      `${FOR_ALL_LINKS}<style>:root{--booking-height:100px}</style><booking-widget availability="off" loading="interaction" src="{page}"><a href="${KNOWN}">Book</a></booking-widget>
        <div data-booking-src="{page}"><a class="booking-widget" href="${KNOWN}">Book</a></div>`,
    );
    await waitUntil(() => widgets(page).length === 2, 'the box was not filled', { timeout: 10_000 });
    await waitUntil(() => widgets(page).every(({ shadowRoot }) => shadowRoot));
    expect(page.document.querySelectorAll('[aria-haspopup]')).to.have.length(0);
  });

  it('a box whose address is no good is filled all the same, so that the widget can say so', async () => {
    const page = await openPage(`${SCRIPT}<div data-booking-src="javascript:alert(1)">Book</div>`);
    await waitUntil(
      () => !!widgets(page)[0]?.shadowRoot?.querySelector('[part~=failure]'),
      'no failure view',
      { timeout: 10_000 },
    );
  });

  it('a copy of a filled box is not filled twice', async () => {
    const page = await openPage(`${SCRIPT}<div data-booking-src="{page}">Book</div><i></i>`);
    await waitUntil(() => widgets(page).length === 1, 'no widget', { timeout: 10_000 });
    const copy = page.document.importNode(page.one('[data-booking-src]'), true);
    page.document.body.append(copy);
    await waitUntil(() => !!copy.querySelector('booking-widget')?.shadowRoot);
    expect(copy.querySelectorAll('booking-widget')).to.have.length(1);
  });
});
