import { expect } from '@open-wc/testing';
import { waitUntil } from '../../../helpers/wait-until.js';
import { closePages, openPage, type LoaderPage } from '../../../helpers/cdn.js';
import { brings, chunk, LOADER, SCRIPT } from '../../../helpers/loader-page.js';

/** A component of the page whose open shadow root holds this markup. */
const component = (inner: string): string =>
  `<div id="place"></div><template id="inner">${inner}</template><script>
    customElements.define('my-card', class extends HTMLElement {
      connectedCallback() {
        this.attachShadow({ mode: 'open' }).append(document.querySelector('#inner').content.cloneNode(true));
      }
    });
    place.append(document.createElement('my-card'));</script>`;

const inside = <Found extends Element>(page: LoaderPage, selector: string): Found | null | undefined =>
  page.document.querySelector('my-card')?.shadowRoot?.querySelector<Found>(selector);

afterEach(closePages);

describe('loader and shadow roots', () => {
  it('a widget in the open shadow root of a component is loaded', async () => {
    const page = await openPage(
      `${SCRIPT}${component('<booking-widget availability="off" src="{page}"><a href="{page}">Book</a></booking-widget>')}`,
    );
    await waitUntil(() => inside(page, 'booking-widget')?.shadowRoot, 'the element never came');
    await waitUntil(
      async () => (await page.requests()).some((file) => file.startsWith('scheduler/')),
      'no frame',
    );
  });

  it('a link in the open shadow root of a component opens a dialog', async () => {
    const page = await openPage(
      `${SCRIPT}${component('<a class="booking-widget" data-booking-availability="off" href="{page}">Book</a>')}`,
    );
    await waitUntil(
      () => inside(page, 'a')?.getAttribute('aria-haspopup') === 'dialog',
      'the link was not enhanced',
    );
    inside<HTMLElement>(page, 'a')?.click();
    const roots = (): ParentNode[] => {
      const shadow = page.document.querySelector('my-card')?.shadowRoot;
      return shadow ? [page.document, shadow] : [page.document];
    };
    await waitUntil(
      () =>
        roots().some((root) =>
          [...root.querySelectorAll('booking-widget')].some(
            ({ shadowRoot }) => shadowRoot?.querySelector('dialog')?.open,
          ),
        ),
      'no dialog opened',
    );
  });

  it('a widget in a shadow root uses the language of the page around the component', async () => {
    const page = await openPage(
      `<script>document.documentElement.lang = 'de'</script>${SCRIPT.replace('.js', '.all.js')}${component('<booking-widget availability="off" src="{page}"></booking-widget>')}`,
    );
    await brings(page, chunk('locale-de'));
  });

  it('a widget that is added later to the shadow root of a component is loaded', async () => {
    const page = await openPage(`${SCRIPT}${component('<p>Nothing yet</p>')}<a href="{page}">Book</a>`);
    await brings(page, LOADER);
    const widget = page.document.createElement('booking-widget');
    widget.setAttribute('src', page.one<HTMLAnchorElement>('a[href]').href);
    inside(page, 'p')?.after(widget);
    await waitUntil(() => widget.shadowRoot, 'the element never came');
    expect(widget.isConnected).to.equal(true);
  });
});
