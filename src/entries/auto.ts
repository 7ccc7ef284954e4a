import { askOthers, enhance } from '../loader/chunks/links.js';
import { register } from '../widget/register.js';
import { lookAfterPage } from '../loader/look-after-page.js';

/** The module's door: importing it registers `<booking-widget>` and makes widgets of links; it exports what `index` does. */
if (typeof document !== 'undefined') {
  lookAfterPage(import.meta.url, enhance, askOthers);
  register();
  if (!globalThis.CommandEvent) void import('../loader/chunks/commands.js').catch(() => undefined);
}

export * from './index.js';
