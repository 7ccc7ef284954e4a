import { chunkLoader } from '../loader/chunk-loader.js';
import { claimPage } from '../loader/claim-page.js';
import { loadWhenWanted } from '../loader/load-when-wanted.js';

/** What the loader requests by name, as modules that a bundler finds. */
const CHUNKS: Readonly<Record<string, () => Promise<unknown>>> = {
  element: () => import('../loader/chunks/element.js'),
  links: () => import('../loader/chunks/links.js'),
  early: () => import('../loader/chunks/early.js'),
  commands: () => import('../loader/chunks/commands.js'),
  slots: () => import('../widget/slots-chunk.js'),
  dialog: () => import('../widget/dialog-chunk.js'),
  'provider-cal': () => import('../widget/providers/cal-com/cal-com.js'),
  'provider-calendly': () => import('../widget/providers/calendly.js'),
  'recognize-others': () => import('../widget/providers/recognize-others.js'),
};

/** The loader asks for no other names. */
const loadChunk = (name: string): Promise<unknown> => (CHUNKS[name] as () => Promise<unknown>)();

/**
 * Importing this does what the script tag does: it finds `<booking-widget>`, links and boxes, now and later, and imports the
 * rest when one of them is near the viewport, is about to be used, or is eager. Nothing happens on a server, or where a
 * script tag or another import has the page already.
 */
const page = typeof document !== 'undefined' && claimPage(import.meta.url);

if (page) {
  // A bundler decides where the modules are, so there is no other file to try.
  const loadAgain = (): Promise<unknown> => Promise.all([loadChunk('element'), loadChunk('links')]);
  loadWhenWanted(chunkLoader(page, loadChunk, loadAgain), loadChunk);
}
