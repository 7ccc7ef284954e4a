import { enhance, loadRareProviders } from '../loader/chunks/links.js';
import { enhancePage } from '../loader/enhance-page.js';
import { register } from '../widget/register.js';

/** Importing this registers `<booking-widget>` and makes widgets of links; it exports what `index` does. */
if (typeof document !== 'undefined') {
  enhancePage(import.meta.url, enhance, loadRareProviders);
  register();
  if (!globalThis.CommandEvent) void import('../loader/chunks/commands.js').catch(() => undefined);
}

export * from './index.js';
