import { expect } from '@open-wc/testing';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';
import { defined, FAR, isDefined, WIDGET } from '../../helpers/loader-page.js';
import { waitUntil } from '../../helpers/wait-until.js';

const LAZY = '<script type="module" src="{cdn}/esm/lazy.js"></script>';

afterEach(closePages);

const fetched = async (page: LoaderPage, name: string): Promise<boolean> =>
  (await page.requests()).some((file) => file.startsWith(`esm/bundled/${name}`));

/** The stylesheet that reserves space is adopted when the loader starts. */
const started = (page: LoaderPage): Promise<void> =>
  waitUntil(() => page.document.adoptedStyleSheets.length > 0, 'the loader did not start');

describe('the loader as a module', () => {
  it('fetches no element for a widget that is far away, and reserves its space', async () => {
    const page = await openPage(`${LAZY}${FAR}${WIDGET}`);
    await started(page);
    expect(page.one('booking-widget').getBoundingClientRect().height).to.be.at.least(640);
    expect(isDefined(page)).to.be.false;
    expect(await fetched(page, 'element')).to.be.false;
    page.one('booking-widget').scrollIntoView();
    await defined(page);
    expect(await fetched(page, 'element')).to.be.true;
  });

  it('loads an eager widget at once, also one that is inserted later', async () => {
    const page = await openPage(`${LAZY}${FAR}<div></div>`);
    await started(page);
    const widget = page.document.createElement('booking-widget');
    widget.setAttribute('loading', 'eager');
    widget.setAttribute('src', new URL('/scheduler/acme', location.href).href);
    page.one('div').append(widget);
    await defined(page);
  });

  it('makes a popup of a marked link when it is about to be used', async () => {
    const page = await openPage(`${LAZY}${FAR}<a class="booking-widget" href="{page}">Book</a>`);
    await started(page);
    page.one('a').dispatchEvent(new Event('pointerenter'));
    await waitUntil(() => page.one('a').hasAttribute('aria-haspopup'), 'the link is no opener');
  });

  it('does nothing where the script tag has the page', async () => {
    const page = await openPage(`<script src="{cdn}/booking-widget.js"></script>${LAZY}${WIDGET}`);
    await defined(page);
    expect(await fetched(page, 'element')).to.be.false;
  });

  it('says so when the element cannot be fetched, and offers another try', async () => {
    const page = await openPage(`${LAZY}${WIDGET}`, {
      faults: [{ file: 'bundled/element', how: 'not-found' }],
    });
    await waitUntil(
      () => page.document.querySelector('.booking-widget-failure button') !== null,
      'no failure note',
    );
    const requests = await page.requests();
    expect(requests.filter((file) => file.includes('.all.js'))).to.deep.equal([]);
  });
});
