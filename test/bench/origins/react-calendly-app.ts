import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { InlineWidget, PopupButton } from 'react-calendly';

// Each element that asks for it, as the app of a site does once.
for (const root of document.querySelectorAll<HTMLElement>('[data-react-calendly]')) {
  const { url = '', reactCalendly } = root.dataset;
  createRoot(root).render(
    reactCalendly === 'popup'
      ? createElement(PopupButton, { url, text: 'Book', rootElement: document.body })
      : createElement(InlineWidget, { url, styles: { height: '640px' } }),
  );
}
