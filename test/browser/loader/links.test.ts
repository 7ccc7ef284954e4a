import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { VERSION } from '../../../src/version.js';
import { closePages, openPage, type LoaderPage, type PageOptions } from '../../helpers/cdn.js';

const SCRIPT = '<script async src="{cdn}/booking-widget.js"></script>';
const FOR_ALL_LINKS = '<script async src="{cdn}/booking-widget.js?links=popup"></script>';
const LINK = '<a class="booking-widget" href="{page}">Book a time</a>';
/** Known by its address; it is not requested before the dialog opens. */
const KNOWN = 'https://cal.com/acme/30min';

type Widget = HTMLElement & { mode: string; src: string; theme: string; slots: number; open(): void };

const enhanced = async (page: LoaderPage, selector: string): Promise<HTMLElement> => {
  const link = page.one(selector);
  await waitUntil(() => link.getAttribute('aria-haspopup') === 'dialog', `${selector} was not enhanced`);
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
  );

afterEach(closePages);

const ENTRIES: readonly (readonly [entry: string, script: string, options?: PageOptions])[] = [
  ['the loader', SCRIPT],
  ['the loader, without CORS', SCRIPT, { cors: false }],
  ['the one file', SCRIPT.replace('.js', '.all.js')],
  ['the module', SCRIPT.replace('async', 'type="module"').replace('.js', '.mjs')],
];

for (const [entry, script, options] of ENTRIES)
  describe(`link with the class, enhanced by ${entry}`, () => {
    it(`a link with the class opens a dialog on a plain click (${entry})`, async () => {
      const page = await openPage(script + LINK, options);
      const link = await enhanced(page, 'a');
      expect(click(page, link)).to.be.false;
      await dialogIsOpen(page);
      const widget = onlyWidget(page);
      expect([widget.mode, widget.src]).to.deep.equal(['popup', page.one<HTMLAnchorElement>('a').href]);
    });

    it(`a box gets a widget whose fallback is the content of the box (${entry})`, async () => {
      const page = await openPage(
        `${script}<div data-booking-src="{page}" data-booking-slots="9"><a href="{page}">Book</a></div>`,
        options,
      );
      await waitUntil(() => widgets(page).length === 1, 'no widget');
      const widget = onlyWidget(page);
      await waitUntil(() => !!widget.shadowRoot);
      expect(widget.parentElement?.hasAttribute('data-booking-src')).to.be.true;
      expect(widget.querySelector('a')?.textContent).to.equal('Book');
      expect([widget.mode, widget.slots]).to.deep.equal(['inline', 9]);
    });
  });

describe('link that opens a dialog', () => {
  for (const [how, init] of Object.entries({
    ctrl: { ctrlKey: true },
    meta: { metaKey: true },
    shift: { shiftKey: true },
    alt: { altKey: true },
    'the middle button': { button: 1 },
  }))
    it(`a link is left to the browser when it is clicked with ${how}`, async () => {
      const page = await openPage(SCRIPT + LINK);
      expect(click(page, await enhanced(page, 'a'), init)).to.be.true;
      expect(
        widgets(page).filter(({ shadowRoot }) => shadowRoot?.querySelector('dialog[open]')),
      ).to.deep.equal([]);
    });

  it('a link ignores a click that the host page has already handled', async () => {
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

  it('a link adds no element before the visitor reaches for it and never a visible one', async () => {
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

  it('a link passes on its options and inherits those of its wrapper', async () => {
    const page = await openPage(
      `${SCRIPT}<div class="booking-widget" lang="de" data-booking-theme="dark" data-booking-slots="5">
        <p><a class="booking-widget" data-booking-slots="7" data-booking-onclick="alert(1)" href="{page}">Book</a></p></div>`,
    );
    click(page, await enhanced(page, 'a'));
    await dialogIsOpen(page);
    const widget = onlyWidget(page);
    expect([widget.theme, widget.slots, widget.lang, widget.onclick]).to.deep.equal(['dark', 7, 'de', null]);
  });

  it('a link opens its new address after its href has changed', async () => {
    const page = await openPage(SCRIPT + LINK);
    const link = await enhanced(page, 'a');
    link.dispatchEvent(new page.window.Event('pointerenter'));
    link.setAttribute('href', `${page.one<HTMLAnchorElement>('a').href}/other`);
    click(page, link);
    await dialogIsOpen(page);
    expect(onlyWidget(page).src).to.match(/30min\/other$/);
  });

  it('a copy of an enhanced link opens a dialog of its own', async () => {
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

  it('a popup that a page cache has copied is removed', async () => {
    const page = await openPage(SCRIPT + LINK);
    click(page, await enhanced(page, 'a'));
    await dialogIsOpen(page);
    const copy = page.document.importNode(onlyWidget(page), true);
    page.document.body.append(copy);
    await waitUntil(() => !copy.isConnected);
    onlyWidget(page);
  });

  it('a link that is moved many times is enhanced once', async () => {
    const page = await openPage(`${SCRIPT}${LINK}<section></section>`);
    const link = await enhanced(page, 'a');
    page.one('section').append(link);
    page.document.body.prepend(link);
    click(page, link);
    await dialogIsOpen(page);
    onlyWidget(page);
  });

  it('a button with the class opens a dialog', async () => {
    const page = await openPage(`${SCRIPT}<button data-booking-src="{page}">Book</button>`);
    click(page, await enhanced(page, 'button'));
    await dialogIsOpen(page);
    expect(page.one('button').querySelector('booking-widget')).to.equal(null);
  });

  it('a link whose address is no web address stays a plain link', async () => {
    const page = await openPage(
      `${SCRIPT}${LINK}<a id="mail" class="booking-widget" href="mailto:a@example.com">Mail</a>`,
    );
    await enhanced(page, 'a');
    expect(page.one('#mail').hasAttribute('aria-haspopup')).to.be.false;
    expect(click(page, page.one('#mail'))).to.be.true;
  });
});

describe('link in another mode', () => {
  it('a link with inline mode is replaced by the widget and becomes its fallback', async () => {
    const page = await openPage(
      `${SCRIPT}<main><a class="booking-widget" data-booking-mode="inline" href="{page}">Book</a></main>`,
    );
    await waitUntil(() => widgets(page).length === 1, 'no widget');
    const widget = onlyWidget(page);
    expect(widget.parentElement?.localName).to.equal('main');
    expect(page.one('a').parentElement).to.equal(widget);
    await waitUntil(() => widget.mode === 'inline');
  });

  it('a wrapper with inline mode replaces the link inside it by the widget', async () => {
    const page = await openPage(
      `${SCRIPT}<p class="booking-widget" data-booking-mode="floating"><a href="${KNOWN}">Book</a></p>`,
    );
    await waitUntil(() => widgets(page)[0]?.mode === 'floating', 'no widget');
  });

  it('a link with a junk mode opens a popup', async () => {
    const page = await openPage(
      `${SCRIPT}<a class="booking-widget" data-booking-mode="sideways" href="{page}">Book</a>`,
    );
    await enhanced(page, 'a');
  });
});

describe('recognition of links', () => {
  it('in a wrapper with the class only links to a known provider open here', async () => {
    const page = await openPage(
      `${SCRIPT}<div class="wp-block-button booking-widget"><a id="yes" href="${KNOWN}">Book</a>
        <a id="price" href="https://cal.com/pricing">Prices</a><a id="no" href="https://example.com/">Us</a></div>
        <a id="outside" href="${KNOWN}">Another</a>`,
    );
    await enhanced(page, '#yes');
    for (const id of ['price', 'no', 'outside'])
      expect(page.one(`#${id}`).hasAttribute('aria-haspopup'), id).to.be.false;
  });

  it('with ?links=popup every link to a known provider opens here, also one that is added later', async () => {
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

  it('links to other sites cost one request for the table of providers and links within the site none', async () => {
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

  it('links to rarer providers open here except where the provider forbids framing', async () => {
    const page = await openPage(
      `${FOR_ALL_LINKS}<a id="tidy" href="https://tidycal.com/ada">Book</a><a id="poll" href="https://app.rallly.co/invite/A">Vote</a>`,
    );
    await waitUntil(() => page.one('#tidy').getAttribute('aria-haspopup') === 'dialog', 'no popup');
    expect(page.one('#poll').hasAttribute('aria-haspopup')).to.equal(false);
  });

  it('a link inside a widget or a box is its fallback and not a placeholder of its own', async () => {
    const page = await openPage(
      `${FOR_ALL_LINKS}<style>:root{--booking-height:100px}</style><booking-widget availability="off" loading="interaction" src="{page}"><a href="${KNOWN}">Book</a></booking-widget>
        <div data-booking-src="{page}"><a class="booking-widget" href="${KNOWN}">Book</a></div>`,
    );
    await waitUntil(() => widgets(page).length === 2, 'the box was not filled');
    await waitUntil(() => widgets(page).every(({ shadowRoot }) => shadowRoot));
    expect(page.document.querySelectorAll('[aria-haspopup]')).to.have.length(0);
  });

  it('a box with a bad address gets a widget that shows the failure', async () => {
    const page = await openPage(`${SCRIPT}<div data-booking-src="javascript:alert(1)">Book</div>`);
    await waitUntil(
      () => !!widgets(page)[0]?.shadowRoot?.querySelector('[part~=failure]'),
      'no failure view',
    );
  });

  it('a copy of a filled box holds one widget', async () => {
    const page = await openPage(`${SCRIPT}<div data-booking-src="{page}">Book</div><i></i>`);
    await waitUntil(() => widgets(page).length === 1, 'no widget');
    const copy = page.document.importNode(page.one('[data-booking-src]'), true);
    page.document.body.append(copy);
    await waitUntil(() => !!copy.querySelector('booking-widget')?.shadowRoot);
    expect(copy.querySelectorAll('booking-widget')).to.have.length(1);
  });
});
