import { MARK } from '../../src/widget/version-mark.js';
import { waitUntil } from './wait-until.js';
import type { Shelf } from '../../tools/cdn.js';

const origin = await import(new URL('/__cdn.js', location.href).href).then(
  (module: { default: string }) => module.default,
);

let shelves = 0;

/** A page of the test runner's own origin in a frame, with the built script coming from elsewhere. */
export interface LoaderPage {
  readonly frame: HTMLIFrameElement;
  readonly window: Window & typeof globalThis;
  readonly document: Document;
  /** All files the page has requested from the content network, with their queries, in order. */
  requests(): Promise<string[]>;
  /** Changes what the content network does from now on. */
  set(shelf: Shelf): Promise<void>;
  one<E extends Element = HTMLElement>(selector: string): E;
}

export interface PageOptions extends Omit<Shelf, 'page'> {
  readonly headers?: Readonly<Record<string, string>>;
  /** Version whose files an earlier visit has used; without it this is the visitor's first one. */
  readonly visitedWith?: string;
}

const opened = new Set<HTMLIFrameElement>();

/** Takes away all pages that a test opened. */
export function closePages(): void {
  for (const frame of opened) frame.remove();
  opened.clear();
}

/**
 * Opens a page and waits until its markup is there. In `html`, `{cdn}` is the folder of the built files and `{page}` a
 * scheduling page on the same server. Without `cors: false` other origins may read the files.
 */
export async function openPage(
  html: string,
  { headers, visitedWith, ...shelf }: PageOptions = {},
): Promise<LoaderPage> {
  // A mark that is no version is none.
  localStorage.setItem(MARK, visitedWith ?? '');
  const name = `shelf-${crypto.randomUUID().slice(0, 8)}-${++shelves}`;
  const folder = `${origin}/${name}`;
  const full = html.replaceAll('{cdn}', folder).replaceAll('{page}', `${folder}/scheduler/acme/30min`);
  const set = async (settings: Shelf): Promise<void> => {
    await fetch(folder, { method: 'PUT', body: JSON.stringify({ cors: true, ...settings }) });
  };
  await set({
    ...shelf,
    page: {
      html: `<!doctype html><meta charset="utf-8">${full}`,
      ...(headers && { headers: fill(headers, origin) }),
    },
  });
  const frame = document.createElement('iframe');
  frame.style.cssText = 'position:fixed;inset:0;width:800px;height:600px;border:0;background:white';
  frame.src = `/__page/${name}`;
  opened.add(frame);
  document.body.append(frame);
  // Not until `load`: WebKit holds that back for a module that was requested before and hangs.
  await waitUntil(
    () => frame.contentDocument?.readyState !== 'loading' && frame.contentDocument?.URL === frame.src,
    'the page did not open',
  );
  const view = frame.contentWindow as (Window & typeof globalThis) | null;
  if (!view) throw new Error('the frame has no window');
  return {
    frame,
    window: view,
    document: view.document,
    requests: async () => (await fetch(folder)).json() as Promise<string[]>,
    set,
    one: <E extends Element>(selector: string): E => {
      const found = view.document.querySelector<E>(selector);
      if (!found) throw new Error(`nothing on the page is ${selector}`);
      return found;
    },
  };
}

const fill = (headers: Readonly<Record<string, string>>, cdn: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replaceAll('{origin}', cdn)]),
  );
