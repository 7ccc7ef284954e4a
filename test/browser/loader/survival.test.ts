import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { VERSION } from '../../../src/version.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';
import {
  alive,
  enhanced,
  framed,
  pageOf,
  shows,
  SMALL,
  laterObserversAreNotified,
  widgetsOn,
  type Widget,
} from '../../helpers/pasted.js';

const SCRIPT = '<script async src="{cdn}/booking-widget.js"></script>';
const WIDGET =
  '<booking-widget availability="off" src="{page}"><a href="{page}">Book a time</a></booking-widget>';
const LINK = '<a id="link" class="booking-widget" href="{page}">Book a time</a>';

const requested = (page: LoaderPage, file: string): Promise<void> =>
  waitUntil(async () => (await page.requests()).includes(file), `${file} was never requested`);

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

describe('hidden widget', () => {
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
    it(`a widget ${where} loads nothing until it is shown`, async () => {
      const page = await openPage(SCRIPT + html.replace('{widget}', WIDGET));
      await requested(page, 'booking-widget.js');
      await laterObserversAreNotified(page);
      expect(await page.requests()).to.deep.equal(['booking-widget.js']);
      show(page);
      const [widget] = (await alive(page)) as [Widget];
      await shows(widget, pageOf(page));
    });

    for (const loading of ['lazy', 'eager'])
      it(`a widget ${where} waits to be shown while another widget of the page loads (${loading})`, async () => {
        const hidden = WIDGET.replace(' ', ` loading="${loading}" `);
        const page = await openPage(`${SCRIPT}${SMALL}${WIDGET}${html.replace('{widget}', hidden)}`);
        const [first, second] = (await alive(page, 2)) as [Widget, Widget];
        await shows(first, pageOf(page));
        await laterObserversAreNotified(page);
        expect(framed(second)).to.equal('');
        show(page);
        await shows(second, pageOf(page));
      });
  }
});

describe('page built by document.write', () => {
  const written = `${SCRIPT}${SMALL}${WIDGET}${LINK}`.replace('</script>', "</'+'script>");

  it('a page that is built by document.write while it is parsed works like any other', async () => {
    const page = await openPage(`<script>document.write('${written}')</script><p>After</p>`);
    const [widget] = (await alive(page)) as [Widget];
    await shows(widget, pageOf(page));
    await enhanced(page, '#link');
  });

  it('a page that is replaced by document.write after its load works again', async () => {
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
    for (const entry of ['booking-widget.js', 'booking-widget.all.js', 'booking-widget.mjs'])
      it(`all widgets of two versions work without an error (${first}, then ${second} as ${entry})`, async () => {
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
          `${other.one<HTMLAnchorElement>('#folder').href}${entry}`,
          entry.endsWith('.mjs') ? 'module' : '',
        );
        for (const widget of await alive(page, 3)) await shows(widget, `${folder}scheduler/acme/30min`);
        const link = await enhanced(page, '#link');
        link.click();
        await waitUntil(
          () => widgetsOn(page).some(({ shadowRoot }) => shadowRoot?.querySelector('dialog[open]')),
          'no dialog opened',
        );
        expect(complaints).to.deep.equal([]);
        // The first loader is responsible for the page; a second loader requests no chunks.
        if (entry === 'booking-widget.js') {
          expect(await other.requests()).to.deep.equal([entry]);
          expect(await page.requests()).to.include(`v${first}/element.js`);
        }
      });
});

describe('widget in a frame of another site', () => {
  /** What the pasted page reports of itself on request: its document is out of reach. */
  const TELLS = `<script>addEventListener('message', ({ source }) => {
    const link = document.querySelector('a');
    const launcher = document.querySelector('booking-widget')?.shadowRoot?.querySelector('[part=launcher]');
    source.postMessage({ target: link?.target ?? '', popup: link?.getAttribute('aria-haspopup') ?? '',
      launcher: launcher ? getComputedStyle(launcher).position : '' }, '*');
  })</script>`;

  interface PageReport {
    readonly target: string;
    readonly popup: string;
    readonly launcher: string;
  }

  /** Shows the markup at the content network's own origin, and requests its report until it is as wanted. */
  async function pasted(html: string, isSo: (report: PageReport) => boolean): Promise<PageReport> {
    const page = await openPage('<a href="{cdn}/">The files</a>');
    const folder = page.one<HTMLAnchorElement>('a').href;
    await page.set({
      page: {
        html: `<!doctype html>${TELLS}${html.replaceAll('{cdn}/', folder).replaceAll('{page}', `${folder}scheduler/acme/30min`)}`,
      },
    });
    page.frame.src = `${folder}__page`;
    let report: PageReport | undefined;
    const onMessage = ({ source, data }: MessageEvent): void => {
      if (source === page.frame.contentWindow && (data as Partial<PageReport> | null)?.target !== undefined)
        report = data as PageReport;
    };
    addEventListener('message', onMessage);
    try {
      await waitUntil(() => {
        page.frame.contentWindow?.postMessage('How are you?', '*');
        return report && isSo(report);
      }, 'the pasted page is not as it should be');
    } catch (cause) {
      throw new Error(`${String(cause)}: ${JSON.stringify(report)}`, { cause });
    } finally {
      removeEventListener('message', onMessage);
    }
    return report as PageReport;
  }

  it('a link in a frame of another site opens a tab and announces no dialog', async () => {
    const { popup } = await pasted(SCRIPT + LINK, ({ target }) => target === '_blank');
    expect(popup).to.equal('');
  });

  it('a floating button in a frame of another site stands in the flow', async () => {
    const { launcher } = await pasted(
      `${SCRIPT}<booking-widget mode="floating" provider="plain" src="{page}"></booking-widget>`,
      (report) => !!report.launcher,
    );
    expect(launcher).to.equal('static');
  });
});
