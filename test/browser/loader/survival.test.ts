import { expect, waitUntil } from '@open-wc/testing';
import { VERSION } from '../../../src/version.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';
import {
  alive,
  enhanced,
  framed,
  pageOf,
  shows,
  SMALL,
  watchersHadTheirTurn,
  widgetsOn,
  type Widget,
} from '../../helpers/pasted.js';

const SCRIPT = '<script async src="{cdn}/booking-widget.js"></script>';
const WIDGET =
  '<booking-widget availability="off" src="{page}"><a href="{page}">Book a time</a></booking-widget>';
const LINK = '<a id="link" class="booking-widget" href="{page}">Book a time</a>';

const asks = (page: LoaderPage, file: string): Promise<void> =>
  waitUntil(async () => (await page.requests()).includes(file), `${file} was never asked for`, {
    timeout: 15_000,
  });

/** Puts a script into the page and resolves when it has run. */
const add = (page: LoaderPage, src: string, type = ''): Promise<void> =>
  new Promise((resolve, reject) => {
    const script = page.document.createElement('script');
    script.type = type;
    script.onload = () => {
      resolve();
    };
    script.onerror = () => {
      reject(new Error(`${src} did not load`));
    };
    script.src = src;
    page.document.head.append(script);
  });

afterEach(closePages);

describe('a widget that is out of sight at first', () => {
  const PLACES: Readonly<Record<string, readonly [html: string, show: (page: LoaderPage) => void]>> = {
    'in a closed dialog': [
      '<dialog id="place">{widget}</dialog>',
      (page) => {
        page.one<HTMLDialogElement>('#place').showModal();
      },
    ],
    'in display: none': [
      '<div id="place" style="display:none">{widget}</div>',
      (page) => {
        page.one('#place').style.display = 'block';
      },
    ],
    'in a closed disclosure': [
      '<details id="place"><summary>Book</summary>{widget}</details>',
      (page) => {
        page.one<HTMLDetailsElement>('#place').open = true;
      },
    ],
  };

  for (const [where, [html, show]] of Object.entries(PLACES)) {
    it(`loads nothing ${where}, and its calendar when it is shown`, async () => {
      const page = await openPage(SCRIPT + html.replace('{widget}', WIDGET));
      await asks(page, 'booking-widget.js');
      await watchersHadTheirTurn(page);
      expect(await page.requests()).to.deep.equal(['booking-widget.js']);
      show(page);
      const [widget] = (await alive(page)) as [Widget];
      await shows(widget, pageOf(page));
    });

    for (const loading of ['lazy', 'eager'])
      it(`waits ${where} beside one that is at work (${loading})`, async () => {
        const hidden = WIDGET.replace(' ', ` loading="${loading}" `);
        const page = await openPage(`${SCRIPT}${SMALL}${WIDGET}${html.replace('{widget}', hidden)}`);
        const [first, second] = (await alive(page, 2)) as [Widget, Widget];
        await shows(first, pageOf(page));
        await watchersHadTheirTurn(page);
        expect(framed(second)).to.equal('');
        show(page);
        await shows(second, pageOf(page));
      });
  }
});

describe('a page that writes itself', () => {
  const written = `${SCRIPT}${SMALL}${WIDGET}${LINK}`.replace('</script>', "</'+'script>");

  it('with document.write while it is read works like any other', async () => {
    const page = await openPage(`<script>document.write('${written}')</script><p>After</p>`);
    const [widget] = (await alive(page)) as [Widget];
    await shows(widget, pageOf(page));
    await enhanced(page, '#link');
  });

  it('anew when it has long been there works again', async () => {
    const page = await openPage(
      `${SCRIPT}${WIDGET}${LINK}<script>function again() {
        document.open(); document.write('<p id="again"></p>${written}'); document.close(); }</script>`,
    );
    const [before] = (await alive(page)) as [Widget];
    await shows(before, pageOf(page));
    page.window.eval('again()');
    await waitUntil(() => !!page.document.querySelector('#again'));
    const [widget] = (await alive(page)) as [Widget];
    await shows(widget, pageOf(page));
    await enhanced(page, '#link');
  });
});

describe('two versions on one page', () => {
  const ORDERS = [
    ['0.0.1', VERSION],
    [VERSION, '0.0.1'],
  ] as const;

  for (const [first, second] of ORDERS)
    for (const door of ['booking-widget.js', 'booking-widget.all.js', 'booking-widget.mjs'])
      it(`all widgets work, and nothing complains (${first}, then ${second} as ${door})`, async () => {
        const page = await openPage(
          `${SMALL}<a id="folder" href="{cdn}/">The files</a>${WIDGET}${WIDGET}${LINK}
          <div data-booking-src="{page}" data-booking-availability="off"><a href="{page}">Book</a></div>`,
          { version: first },
        );
        const other = await openPage('<a id="folder" href="{cdn}/">The files</a>', { version: second });
        const complaints: string[] = [];
        page.window.addEventListener('error', ({ message }) => complaints.push(message));
        page.window.addEventListener('unhandledrejection', ({ reason }) => complaints.push(String(reason)));
        const folder = page.one<HTMLAnchorElement>('#folder').href;
        await add(page, `${folder}booking-widget.js`);
        await add(
          page,
          `${other.one<HTMLAnchorElement>('#folder').href}${door}`,
          door.endsWith('.mjs') ? 'module' : '',
        );
        for (const widget of await alive(page, 3)) await shows(widget, `${folder}scheduler/acme/30min`);
        const link = await enhanced(page, '#link');
        link.click();
        await waitUntil(
          () => widgetsOn(page).some(({ shadowRoot }) => shadowRoot?.querySelector('dialog[open]')),
          'no dialog opened',
          { timeout: 15_000 },
        );
        expect(complaints).to.deep.equal([]);
        // Who came first looks after the page; a door that brings nothing itself has no part in it.
        if (door === 'booking-widget.js') {
          expect(await other.requests()).to.deep.equal([door]);
          expect(await page.requests()).to.include(`v${first}/element.js`);
        }
      });
});

describe('in a frame of another site', () => {
  /** What the pasted page says of itself when it is asked: nobody can look into it. */
  const TELLS = `<script>addEventListener('message', ({ source }) => {
    const link = document.querySelector('a');
    const launcher = document.querySelector('booking-widget')?.shadowRoot?.querySelector('[part=launcher]');
    source.postMessage({ target: link?.target ?? '', popup: link?.getAttribute('aria-haspopup') ?? '',
      launcher: launcher ? getComputedStyle(launcher).position : '' }, '*');
  })</script>`;

  interface Told {
    readonly target: string;
    readonly popup: string;
    readonly launcher: string;
  }

  /** Shows the markup at the content network's own origin, and asks until the answer is as wanted. */
  async function pasted(html: string, isSo: (told: Told) => boolean): Promise<Told> {
    const page = await openPage('<a href="{cdn}/">The files</a>');
    const folder = page.one<HTMLAnchorElement>('a').href;
    await page.set({
      page: {
        html: `<!doctype html>${TELLS}${html.replaceAll('{cdn}/', folder).replaceAll('{page}', `${folder}scheduler/acme/30min`)}`,
      },
    });
    page.frame.src = `${folder}__page`;
    let told: Told | undefined;
    const hear = ({ source, data }: MessageEvent): void => {
      if (source === page.frame.contentWindow && (data as Partial<Told> | null)?.target !== undefined)
        told = data as Told;
    };
    addEventListener('message', hear);
    try {
      await waitUntil(
        () => {
          page.frame.contentWindow?.postMessage('How are you?', '*');
          return told && isSo(told);
        },
        'the pasted page is not as it should be',
        { timeout: 15_000 },
      );
    } catch (cause) {
      throw new Error(`${String(cause)}: ${JSON.stringify(told)}`, { cause });
    } finally {
      removeEventListener('message', hear);
    }
    return told as Told;
  }

  it('a link opens a tab, and says nothing of a dialog', async () => {
    const { popup } = await pasted(SCRIPT + LINK, ({ target }) => target === '_blank');
    expect(popup).to.equal('');
  });

  it('a floating button stands in the flow', async () => {
    const { launcher } = await pasted(
      `${SCRIPT}<booking-widget mode="floating" provider="plain" src="{page}"></booking-widget>`,
      (told) => !!told.launcher,
    );
    expect(launcher).to.equal('static');
  });
});
