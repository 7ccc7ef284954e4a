import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { LoadReport } from '../src/protocol/load-report.js';
import { loadReportSchema } from '../src/protocol/load-report-schema.js';
import { litFile } from './lit-file.js';
import { BrowserFiles, fileResponse } from './service/browser-files.js';
import type { Env } from './service/http.js';
import type { Addresses } from './service/start-service.js';

export interface GalleryOptions {
  /** The project's folder: `demo/gallery` and `dist` are served from there. */
  readonly root: string;
  /** Where the scheduling service listens. */
  readonly service: Addresses;
  /** A companion, and the token of its dashboard. */
  readonly companion?: { readonly origin: string; readonly token: string };
  readonly now?: () => number;
}

/** A report as the collector keeps it. */
export interface ReceivedReport {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly report: LoadReport;
}

/** Reports that are kept, and bytes that a report may have: the widget's own limit, and a little more. */
const MOST_REPORTS = 200;
const MOST_BYTES = 20_000;

const withIndex = (path: string): string => (path.endsWith('/') ? `${path}index.html` : path);

/**
 * The gallery's origin: its pages at `/`, the built widget at `/dist/`, the service's addresses as `/service.js` (a
 * module) and `/service.json`, and a small collector at `/metrics` (`POST` takes a report, `GET` lists the last ones).
 */
export function galleryApp({ root, service, companion, now = Date.now }: GalleryOptions): Hono<Env> {
  const app = new Hono<Env>();
  const pages = new BrowserFiles(join(root, 'demo/gallery'));
  const built = new BrowserFiles(join(root, 'dist'));
  let received: readonly ReceivedReport[] = [];

  const places = { ...service, ...(companion && { companion: companion.origin, token: companion.token }) };
  app.get('/service.json', (c) => c.json(places, 200, { 'Cache-Control': 'no-store' }));
  app.get('/service.js', (c) =>
    c.body(`export const service = ${JSON.stringify(places)};\n`, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Cache-Control': 'no-store',
    }),
  );

  app.get('/lit.js', async (c) =>
    c.body(await litFile(), 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );

  app.use('/metrics', cors({ origin: '*' }));
  app.post(
    '/metrics',
    bodyLimit({ maxSize: MOST_BYTES, onError: (c) => c.json({ error: 'too large' }, 413) }),
    async (c) => {
      const text = await c.req.text();
      const read = loadReportSchema.safeParse(parse(text));
      if (!read.success) return c.json({ error: z.prettifyError(read.error) }, 400);
      // zod returns the same report: a test compares the schema with the type.
      const report = read.data as LoadReport;
      received = [...received, { at: now(), report }].slice(-MOST_REPORTS);
      return c.body(null, 204);
    },
  );
  app.get('/metrics', (c) => c.json(received, 200, { 'Cache-Control': 'no-store' }));
  app.delete('/metrics', (c) => {
    received = [];
    return c.body(null, 204);
  });

  app.get('*', async (c) => {
    const path = decode(new URL(c.req.url).pathname);
    if (path === null) return c.text('Bad address', 400);
    const [files, file] = path.startsWith('/dist/')
      ? [built, path.slice('/dist'.length)]
      : [pages, withIndex(path)];
    const found = (await files.read(file)) ?? (await files.read(`${file}.html`));
    if (found) return fileResponse(found, c.req.raw);
    const folder = await files.read(`${file}/index.html`);
    return folder ? c.redirect(`${path}/`) : c.text('Not found', 404);
  });
  return app;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function decode(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
