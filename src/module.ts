import { askOthers, enhance } from './links.js';
import { register } from './register.js';
import { lookAfterPage } from './widget/page/look-after-page.js';

/** The module's door: importing it registers `<booking-widget>` and makes widgets of links; it exports what `index` does. */
if (typeof document !== 'undefined') {
  lookAfterPage(import.meta.url, enhance, askOthers);
  register();
  if (!globalThis.CommandEvent) void import('./commands.js').catch(() => undefined);
}

export * from './index.js';
