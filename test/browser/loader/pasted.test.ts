import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { OPTION_KINDS, OPTION_NAMES, propertyName, type OptionKind } from '../../../src/widget/options.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';
import {
  alive,
  enhanced,
  framed,
  pageOf,
  shows,
  SMALL,
  widgetsOn as widgets,
  type Widget,
} from '../../helpers/pasted.js';

const SCRIPT = '<script async src="{cdn}/booking-widget.js"></script>';
const KNOWN = 'https://cal.com/acme/30min';

afterEach(closePages);

describe('tag pasted into an editor', () => {
  it('a tag on one line in a paragraph shows its calendar and nothing else', async () => {
    const page = await openPage(
      `${SCRIPT}<p><booking-widget src="{page}"><a href="{page}">Book a time</a></booking-widget></p>\n<p>After</p>`,
    );
    const [widget] = (await alive(page)) as [Widget];
    await shows(widget, pageOf(page));
    expect(page.one('booking-widget a').checkVisibility()).to.equal(false);
    expect(page.one('p + p').checkVisibility()).to.equal(true);
  });

  it('line breaks that an editor adds around the link are invisible', async () => {
    const page = await openPage(
      `${SCRIPT}<p><booking-widget src="{page}"><br />\n<a href="{page}">Book a time</a><br />\n</booking-widget></p>`,
    );
    const [widget] = (await alive(page)) as [Widget];
    await shows(widget, pageOf(page));
    expect(page.one('booking-widget a').checkVisibility()).to.equal(false);
  });

  it('a tag that blank lines have emptied works with its link in the next paragraph', async () => {
    const page = await openPage(
      `${SCRIPT}<p><booking-widget src="{page}"></p>\n<p>  <a href="{page}">Book a time</a></p>\n<p></booking-widget></p>`,
    );
    const [widget] = (await alive(page)) as [Widget];
    expect(widget.childElementCount).to.equal(0);
    await shows(widget, pageOf(page));
    expect(page.one('p a').checkVisibility()).to.equal(true);
  });

  it('a tag inside the fallback of another tag is a widget of its own and both are visible', async () => {
    const page = await openPage(
      `${SCRIPT}${SMALL}<booking-widget availability="off" src="{page}"><booking-widget availability="off" src="{page}/other"></booking-widget></booking-widget>`,
    );
    const [outer, inner] = (await alive(page, 2)) as [Widget, Widget];
    await shows(outer, pageOf(page));
    await shows(inner, `${pageOf(page)}/other`);
    expect(inner.checkVisibility()).to.equal(true);
  });

  it('a self-closed popup tag hides nothing and adopts no link or button of the host page', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget mode="popup" src="${KNOWN}" />
        <nav><a id="home" href="https://example.com/">Home</a><a id="us" href="https://example.com/us">Us</a>
        <button id="menu">Menu</button><button id="search">Search</button></nav>`,
    );
    const [widget] = (await alive(page)) as [Widget];
    await waitUntil(() => widget.shadowRoot?.querySelector('[part=launcher]'), 'no launcher');
    await waitUntil(() => page.one('#home').checkVisibility(), 'the page is hidden');
    const launcher = widget.shadowRoot?.querySelector<HTMLButtonElement>('button[part=launcher]');
    expect(launcher?.textContent).to.equal('Book a time');
    expect(launcher?.checkVisibility()).to.equal(true);
    expect(page.document.querySelectorAll('[aria-haspopup]')).to.have.length(0);
    page.one('#menu').click();
    expect(widget.shadowRoot?.querySelector('dialog[open]')).to.equal(null);
  });

  it('a popup tag that was never closed still finds its own link', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget mode="popup" src="${KNOWN}"><a id="own" href="${KNOWN}">Meet us</a><p>Read <a id="terms" href="https://example.com/terms">the terms</a></p>`,
    );
    await enhanced(page, '#own');
    expect(page.one('#terms').hasAttribute('aria-haspopup')).to.equal(false);
  });
});

describe('tag filled in by a content management system', () => {
  it('spaces around option values are ignored and blank values mean the default', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget src="  {page} " mode=" popup " theme=" dark" slots="" label="  "><a href="{page}">Book</a></booking-widget>`,
    );
    const [widget] = (await alive(page)) as [Widget];
    expect([widget['mode'], widget['theme'], widget['slots'], widget['src']]).to.deep.equal([
      'popup',
      'dark',
      6,
      pageOf(page),
    ]);
    await enhanced(page, 'a');
  });

  it('a blank src is replaced by the address of the link inside', async () => {
    const page = await openPage(
      `${SCRIPT}<a id="link" class="booking-widget" data-booking-src="  " href="{page}">Book</a><div data-booking-src=" " data-booking-availability="off"><a href="{page}">Book</a></div>`,
    );
    const link = await enhanced(page, '#link');
    link.dispatchEvent(new page.window.Event('pointerenter'));
    const [box, popup] = (await alive(page, 2)) as [Widget, Widget];
    expect(popup['src']).to.equal(pageOf(page));
    await shows(box, pageOf(page));
  });

  for (const href of ['', ' ', '#book'] as const)
    it(`a link that leads nowhere (href="${href}") is left alone while the links around it work`, async () => {
      const page = await openPage(
        `${SCRIPT}<ul><li><a id="first" class="booking-widget" href="{page}">Book</a></li>
          <li><a id="empty" class="booking-widget" href="${href}">Book</a></li>
          <li><a id="last" class="booking-widget" href="{page}">Book</a></li></ul>`,
      );
      await enhanced(page, '#first');
      await enhanced(page, '#last');
      expect(page.one('#empty').hasAttribute('aria-haspopup')).to.equal(false);
    });

  for (const href of ['', '#book'])
    it(`a tag whose link leads nowhere (href="${href}") fails without framing the host page and recovers when it is corrected`, async () => {
      const page = await openPage(
        `${SCRIPT}<booking-widget src=""><a href="${href}">Book a time</a></booking-widget>`,
      );
      const [widget] = (await alive(page)) as [Widget];
      await waitUntil(() => !!widget.shadowRoot?.querySelector('[part~=failure]'), 'no failure view');
      expect(framed(widget)).to.equal('');
      const link = page.document.createElement('a');
      link.href = pageOf(page);
      widget.replaceChildren(link);
      await shows(widget, pageOf(page));
    });
});

describe('precedence of options', () => {
  it('an option is read from the attribute, then data-booking-…, then the script’s address, then the root element', async () => {
    const page = await openPage(
      `<script>Object.assign(document.documentElement.dataset, { bookingTheme: 'auto', bookingSlots: '4', bookingLayout: 'root', bookingAccent: 'red' })</script>
      <script async src="{cdn}/booking-widget.js?slots=5&theme=dark&layout=address"></script>
      <booking-widget src="{page}" slots="7" data-booking-slots="6" data-booking-theme="light"><a href="{page}">Book</a></booking-widget>`,
    );
    const [widget] = (await alive(page)) as [Widget];
    expect([widget['slots'], widget['theme'], widget['layout'], widget['accent']]).to.deep.equal([
      7,
      'light',
      'address',
      'red',
    ]);
  });

  it('a data-booking-src on the root element is every widget’s default and makes no box of the root', async () => {
    const page = await openPage(
      `<script>document.documentElement.dataset.bookingSrc = new URL('{page}')</script>${SCRIPT}<p>Text</p><booking-widget availability="off"></booking-widget>`,
    );
    const [widget] = (await alive(page)) as [Widget];
    await shows(widget, pageOf(page));
    expect(widget.parentElement?.localName).to.equal('body');
    expect(page.one('p').parentElement?.localName).to.equal('body');
  });

  it('every option can be written as data-booking-… on a link', async () => {
    const values = Object.fromEntries(
      OPTION_NAMES.filter((name) => name !== 'src' && name !== 'mode').map((name) => {
        const kind: OptionKind = OPTION_KINDS[name];
        if (kind.type === 'flag') return [name, ''];
        if (kind.type === 'choice') return [name, String(kind.values.at(-1))];
        if (kind.type === 'length') return [name, '320px'];
        return [name, kind.type === 'text' ? `x-${name}` : name === 'sample-rate' ? '0.5' : '2'];
      }),
    );
    const attributes = Object.entries(values)
      .map(([name, value]) => `data-booking-${name}="${value}"`)
      .join(' ');
    const page = await openPage(
      `${SCRIPT}<a id="link" class="booking-widget" href="{page}" ${attributes}>Book</a>`,
    );
    const link = await enhanced(page, '#link');
    link.dispatchEvent(new page.window.Event('pointerenter'));
    const [widget] = (await alive(page)) as [Widget];
    for (const [name, value] of Object.entries(values))
      expect(String(widget[propertyName(name)]), name).to.equal(value === '' ? 'true' : value);
  });
});

describe('markup that comes and goes', () => {
  it('widgets from innerHTML, a clone and a moved node work like the first one', async () => {
    const page = await openPage(
      `${SCRIPT}${SMALL}<template><a class="booking-widget" href="{page}">Book</a></template><main></main><aside></aside>`,
    );
    const template = page.one<HTMLTemplateElement>('template');
    const main = page.one('main');
    page.window.eval(
      `document.querySelector('main').innerHTML = document.querySelector('template').innerHTML.replace('<a', '<a id="text"')`,
    );
    await enhanced(page, '#text');
    const clone = template.content.cloneNode(true);
    (clone as DocumentFragment).firstElementChild?.setAttribute('id', 'clone');
    main.append(clone);
    await enhanced(page, '#clone');
    page.one('aside').append(page.one('#text'));
    expect(page.one('#text').getAttribute('aria-haspopup')).to.equal('dialog');
  });

  it('a link in a closed tab panel works when the panel is opened', async () => {
    const page = await openPage(
      `${SCRIPT}<section hidden><a id="link" class="booking-widget" href="{page}">Book</a></section>`,
    );
    await waitUntil(async () => (await page.requests()).includes('booking-widget.js'));
    expect(page.one('#link').hasAttribute('aria-haspopup')).to.equal(false);
    page.one('section').hidden = false;
    await enhanced(page, '#link');
  });

  it('copies that a carousel makes of a loaded widget are working widgets', async () => {
    const page = await openPage(
      `${SCRIPT}${SMALL}<ul><li><booking-widget availability="off" src="{page}"><a href="{page}">Book</a></booking-widget></li></ul>`,
    );
    const [first] = (await alive(page)) as [Widget];
    await shows(first, pageOf(page));
    const slide = page.one('li');
    for (const copy of [slide.cloneNode(true), page.document.importNode(slide, true)])
      page.one('ul').append(copy);
    for (const widget of await alive(page, 3)) await shows(widget, pageOf(page));
  });

  it('a page that is stored as a snapshot and restored works, whatever the visitor had opened', async () => {
    const page = await openPage(
      `${SCRIPT}${SMALL}<a id="link" class="booking-widget" href="{page}">Book</a>
        <div data-booking-src="{page}" data-booking-availability="off"><a href="{page}">Book</a></div>
        <a class="booking-widget" data-booking-mode="inline" data-booking-availability="off" href="{page}">Book</a>`,
    );
    const link = await enhanced(page, '#link');
    await alive(page, 2);
    page.window.addEventListener('click', (event) => {
      event.preventDefault();
    });
    link.click();
    await waitUntil(() => widgets(page).some(({ shadowRoot }) => shadowRoot?.querySelector('dialog[open]')));
    // What Turbo does: it keeps a copy of the body, shows another one, and later the copy.
    const snapshot = page.document.body.cloneNode(true) as HTMLBodyElement;
    page.document.body.replaceWith(page.document.createElement('body'));
    await waitUntil(() => !page.document.documentElement.style.overflow, 'the page does not scroll again');
    page.document.body.replaceWith(snapshot);
    await waitUntil(() => widgets(page).length === 2, 'the snapshot’s popup stayed');
    for (const widget of await alive(page, 2)) await shows(widget, pageOf(page));
    const again = await enhanced(page, '#link');
    again.click();
    await waitUntil(
      () => widgets(page).some(({ shadowRoot }) => shadowRoot?.querySelector('dialog[open]')),
      'the link of the snapshot opens nothing',
    );
  });
});

describe('snippets for tag managers', () => {
  const run = async (file: string, page: LoaderPage, scheduler: string): Promise<void> => {
    const html = await (await fetch(`/integrations/tag-manager/${file}`)).text();
    const script = page.document.createElement('script');
    // The test runner adds scripts of its own to whatever looks like a page.
    script.textContent = (/<script>([^]*?)<\/script>/.exec(html)?.[1] ?? '')
      .replace('https://your.site', scheduler.replace(/\/scheduler.*/, ''))
      .replace('https://cal.com/acme/30min', scheduler);
    page.document.body.append(script);
  };

  it('the tag manager snippet makes popups of the links on the page', async () => {
    const page = await openPage(
      `<a id="link" href="${KNOWN}">Book</a><a id="cdn" href="{page}">For the test</a>`,
    );
    await run('snippet.html', page, page.one<HTMLAnchorElement>('#cdn').href);
    await enhanced(page, '#link');
  });

  it('the floating snippet adds a button of its own', async () => {
    const page = await openPage('<a id="cdn" href="{page}">For the test</a>');
    await run('floating.html', page, page.one<HTMLAnchorElement>('#cdn').href);
    const [widget] = (await alive(page)) as [Widget];
    await waitUntil(
      () => widget.shadowRoot?.querySelector('button[part=launcher]')?.textContent === 'Book a time',
      'no launcher',
    );
  });
});

describe('command button', () => {
  for (const mode of ['popup', 'inline'])
    it(`a command button that is pressed before its widget is loaded still runs its command (${mode})`, async () => {
      const page = await openPage(
        `${SCRIPT}<button commandfor="calendar" command="--open">Book</button><canvas height="3000"></canvas>
        <booking-widget id="calendar" mode="${mode}" loading="interaction" src="{page}"><a href="{page}">Book</a></booking-widget>`,
      );
      await waitUntil(async () => (await page.requests()).includes('booking-widget.js'));
      // Engines without command buttons need a moment for the part that knows them.
      const knows = 'CommandEvent' in page.window;
      await waitUntil(
        async () => knows || (await page.requests()).some((file) => file.endsWith('/commands.js')),
      );
      const done = (): boolean => {
        const root = page.one('#calendar').shadowRoot;
        return !!root?.querySelector(mode === 'popup' ? 'dialog[open]' : 'iframe');
      };
      await waitUntil(() => {
        if (!done() && !page.window.customElements.get('booking-widget')) page.one('button').click();
        return done();
      }, 'nothing opened');
    });

  it('a command button runs its command once on a loaded widget and logs no error', async () => {
    const page = await openPage(
      `${SCRIPT}<booking-widget id="calendar" mode="popup" src="{page}"><a href="{page}">Book</a></booking-widget>`,
    );
    const complaints: string[] = [];
    page.window.addEventListener('unhandledrejection', ({ reason }) => complaints.push(String(reason)));
    const [widget] = (await alive(page)) as [Widget];
    let commands = 0;
    widget.addEventListener('command', () => commands++);
    widget.dispatchEvent(Object.assign(new page.window.Event('command'), { command: '--open' }));
    await waitUntil(() => widget.shadowRoot?.querySelector('dialog[open]'), 'nothing opened');
    expect(commands).to.equal(1);
    expect(complaints).to.deep.equal([]);
  });
});
