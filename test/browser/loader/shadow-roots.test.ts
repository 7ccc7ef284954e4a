import { expect } from '@open-wc/testing';
import { waitUntil } from '../../helpers/wait-until.js';
import { closePages, openPage, type LoaderPage } from '../../helpers/cdn.js';

const SCRIPTS = ['booking-widget.js', 'booking-widget.all.js'];
const WIDGET = '<booking-widget src="{page}"><a href="{page}">Book a time</a></booking-widget>';
const LINK = '<a class="booking-widget" href="{page}">Book a time</a>';

const script = (file: string): string => `<script async src="{cdn}/${file}"></script>`;

/** `<my-card>` puts what its `<template>` contains into its open shadow root, as soon as it is defined. */
const DEFINE_CARD = `<script>
  customElements.define('my-card', class extends HTMLElement {
    connectedCallback() {
      this.attachShadow({ mode: 'open' }).append(document.querySelector('template').content.cloneNode(true));
    }
  });
</script>`;

const template = (html: string): string => `<template>${html}</template>`;

const cardRoot = (page: LoaderPage): ShadowRoot => {
  const root = page.one('my-card').shadowRoot;
  if (!root) throw new Error('the card has no shadow root');
  return root;
};

const becomesWidget = (find: () => Element | null | undefined): Promise<void> =>
  waitUntil(() => find()?.shadowRoot, 'no widget came');

afterEach(closePages);

for (const file of SCRIPTS)
  describe(`a placeholder in the open shadow root of a component (${file})`, () => {
    it('becomes a widget when the component is defined before the script runs', async () => {
      const page = await openPage(`${template(WIDGET)}<my-card></my-card>${DEFINE_CARD}${script(file)}`);
      await becomesWidget(() => cardRoot(page).querySelector('booking-widget'));
    });

    it('becomes a widget when the component is defined after the script has run', async () => {
      const page = await openPage(
        `${template(WIDGET)}<my-card></my-card><booking-widget loading="eager" src="{page}"></booking-widget>${script(file)}`,
      );
      await becomesWidget(() => page.document.querySelector('booking-widget'));
      const define = page.document.createElement('script');
      define.textContent = DEFINE_CARD.replace(/<\/?script>/g, '');
      page.document.head.append(define);
      await becomesWidget(() => cardRoot(page).querySelector('booking-widget'));
    });

    it('becomes a widget when the component inserts it later, deep inside', async () => {
      const page = await openPage(`${template('<p></p>')}<my-card></my-card>${DEFINE_CARD}${script(file)}`);
      await waitUntil(() => Reflect.has(page.window, Symbol.for('booking-widget')));
      const inner = page.document.createElement('div');
      const widget = page.document.createElement('booking-widget');
      inner.attachShadow({ mode: 'open' }).append(widget);
      cardRoot(page).querySelector('p')?.append(inner);
      await becomesWidget(() => widget);
    });

    it('opens a dialog when it is a link', async () => {
      const page = await openPage(`${template(LINK)}<my-card></my-card>${DEFINE_CARD}${script(file)}`);
      await waitUntil(() => cardRoot(page).querySelector('[aria-haspopup]'), 'the link stayed a link');
      cardRoot(page).querySelector('a')?.click();
      await waitUntil(
        () => page.document.querySelector('booking-widget')?.shadowRoot?.querySelector('dialog[open]'),
        'no dialog opened',
      );
    });
  });

describe('the space of a widget in a shadow root', () => {
  it('is reserved before the element is there', async () => {
    const page = await openPage(
      `${template(WIDGET)}<my-card></my-card>${DEFINE_CARD}${script('booking-widget.js')}`,
      { faults: [{ file: 'element', how: 'hang' }] },
    );
    await waitUntil(() => cardRoot(page).querySelector<HTMLElement>('booking-widget')?.offsetHeight === 640);
  });
});

describe('a widget’s own shadow root', () => {
  it('is not searched, so its links stay links', async () => {
    const page = await openPage(
      `<script async src="{cdn}/booking-widget.all.js?links=popup"></script><booking-widget src="{page}" consent="required"></booking-widget>`,
    );
    await becomesWidget(() => page.document.querySelector('booking-widget'));
    const widget = page.one('booking-widget');
    const link = page.document.createElement('a');
    link.href = 'https://cal.com/acme/30min';
    widget.shadowRoot?.append(link);
    page.document.body.append(widget);
    const later = page.document.createElement('a');
    later.href = 'https://cal.com/acme/15min';
    page.document.body.append(later);
    await waitUntil(() => later.hasAttribute('aria-haspopup'));
    expect(link.hasAttribute('aria-haspopup')).to.equal(false);
  });
});
