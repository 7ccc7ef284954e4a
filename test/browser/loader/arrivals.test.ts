import { waitUntil } from '../../helpers/wait-until.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';

const LOADER = 'booking-widget.js?links=popup';
const KNOWN = 'https://cal.com/acme/30min';

/** The ways markup may say the same, each with what shows that it works. */
const PLACEHOLDERS: Readonly<Record<string, readonly [html: string, works: (page: LoaderPage) => boolean]>> =
  {
    'the tag': [
      '<booking-widget id="tag" loading="eager" src="{page}"><a href="{page}">Book</a></booking-widget>',
      ({ document }) => !!document.getElementById('tag')?.shadowRoot,
    ],
    'a link with the class': [
      '<a id="link" class="booking-widget" href="{page}">Book</a>',
      ({ document }) => document.getElementById('link')?.getAttribute('aria-haspopup') === 'dialog',
    ],
    'a link in a wrapper with the class': [
      `<p class="booking-widget"><a id="inside" href="${KNOWN}">Book</a></p>`,
      ({ document }) => document.getElementById('inside')?.getAttribute('aria-haspopup') === 'dialog',
    ],
    'a box': [
      '<div id="box" data-booking-src="{page}" data-booking-availability="off">Book</div>',
      ({ document }) => !!document.querySelector('#box > booking-widget')?.shadowRoot,
    ],
    'a button': [
      '<button id="button" type="button" data-booking-src="{page}">Book</button>',
      ({ document }) => document.getElementById('button')?.getAttribute('aria-haspopup') === 'dialog',
    ],
    'any link to a scheduler': [
      `<a id="any" href="${KNOWN}">Book</a>`,
      ({ document }) => document.getElementById('any')?.getAttribute('aria-haspopup') === 'dialog',
    ],
  };

const MARKUP = Object.values(PLACEHOLDERS)
  .map(([html]) => html)
  .join('');
/** A box or a tag is taller than the page; here all of them are near. */
const SMALL = '<style>:root{--booking-height:60px}</style>';

const add = (page: LoaderPage, script: HTMLScriptElement): Promise<void> =>
  new Promise((resolve) => {
    script.onload = () => {
      resolve();
    };
    page.document.head.append(script);
  });

const addressOn = (page: LoaderPage): string =>
  page.one<HTMLAnchorElement>('#link').href.replace(/scheduler\/.*/, LOADER);

const textOf = async (page: LoaderPage): Promise<string> => (await page.window.fetch(addressOn(page))).text();

/** How a script may come to a page: what is in the markup, and what happens to the page after it has opened. */
const ARRIVALS: Readonly<
  Record<string, { readonly html?: string; readonly then?: (page: LoaderPage) => Promise<unknown> }>
> = {
  async: { html: `<script async src="{cdn}/${LOADER}"></script>` },
  'as a module script': { html: `<script type="module" src="{cdn}/${LOADER}"></script>` },
  'as the module': { html: '<script type="module" src="{cdn}/booking-widget.mjs?links=popup"></script>' },
  'as the one file': { html: '<script async src="{cdn}/booking-widget.all.js?links=popup"></script>' },
  'created by a script': {
    then: (page) => {
      const script = page.document.createElement('script');
      script.src = addressOn(page);
      return add(page, script);
    },
  },
  'disarmed, then put in again by an optimiser': {
    html: `<script type="text/rocketscript" data-booking-mode="inline" src="{cdn}/${LOADER}"></script>`,
    then: (page) => {
      const disarmed = page.one<HTMLScriptElement>('script[type]');
      const script = page.document.createElement('script');
      script.src = disarmed.src;
      disarmed.remove();
      return add(page, script);
    },
  },
  'five minutes after the page was opened': {
    then: (page) => {
      page.window.eval(`{
        const since1970 = Date.now, sinceOpened = performance.now.bind(performance), late = 300_000;
        Date.now = () => since1970() + late;
        performance.now = () => sinceOpened() + late;
      }`);
      const script = page.document.createElement('script');
      script.src = addressOn(page);
      return add(page, script);
    },
  },
  'fetched and evaluated': {
    then: async (page) => {
      page.window.eval(await textOf(page));
    },
  },
  'in a contextual fragment': {
    then: async (page) => {
      page.window.eval(
        `document.body.append(document.createRange().createContextualFragment('<script src="${addressOn(page)}"></' + 'script>'))`,
      );
      await Promise.resolve();
    },
  },
  twice: {
    html: `<script async src="{cdn}/${LOADER}"></script><script async src="{cdn}/${LOADER}"></script>`,
  },
  'after a copy that was put in as innerHTML and never ran': {
    then: (page) => {
      page.window.eval(
        `document.body.appendChild(document.createElement('div')).innerHTML = '<script src="${addressOn(page)}"></' + 'script>'`,
      );
      const script = page.document.createElement('script');
      script.src = addressOn(page);
      return add(page, script);
    },
  },
};

for (const [arrival, { html = '', then }] of Object.entries(ARRIVALS))
  describe(`loader when the script comes ${arrival}`, () => {
    let page: LoaderPage;
    before(async () => {
      page = await openPage(`${html}${SMALL}${MARKUP}`);
      await then?.(page);
    });
    after(closePages);

    for (const [placeholder, [, works]] of Object.entries(PLACEHOLDERS))
      it(`${placeholder} comes to life when the script comes ${arrival}`, async () => {
        await waitUntil(() => works(page), `${placeholder} did not come to life`);
      });
  });
