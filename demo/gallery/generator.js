/*
 * The snippet generator: a link becomes the text to paste. All choices stay in this page and its address. Any static host will do that
 * has the folder of this file as its root and `dist` in it; only the preview's fake service is the demo's.
 */
import { el } from './element.js';
import { destinationsView } from './generator/destinations-view.js';
import { linkView } from './generator/link-view.js';
import { lookView } from './generator/look-view.js';
import { policyView } from './generator/policy-view.js';
import { previewView } from './generator/preview-view.js';
import { reuseView } from './generator/reuse-view.js';
import { settingsView } from './generator/settings-view.js';
import { drawNavigation } from './navigation.js';

document
  .querySelector('[data-generator]')
  .replaceWith(
    el(
      'div',
      { class: 'generator' },
      linkView(),
      lookView(),
      el('div', { class: 'beside' }, previewView(), settingsView()),
      destinationsView(),
      policyView(),
      reuseView(),
    ),
  );
drawNavigation();
