import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledApps } from './bundles.js';
import { pack, packedResponse, type Packed } from './packed.js';
import type { Answer } from './secure-server.js';

const DIST = fileURLToPath(new URL('../../../dist', import.meta.url));

const notFound = (): Response => new Response('Not found', { status: 404 });

/** The content network: what was built, compressed before anybody asks for it, as content networks do for files that stay. */
export function assets(): Answer {
  const names = readdirSync(DIST, { recursive: true, encoding: 'utf8' });
  const packed = new Map<string, Packed>(
    names
      .filter((name) => /^[^/]*(\/[^/]*)?\.m?js$/.test(name) && !name.startsWith('esm'))
      .map((name) => [name, pack(readFileSync(join(DIST, name)), 'text/javascript', 11)]),
  );
  return (request) => {
    const file = packed.get(new URL(request.url).pathname.replace(/^\//, ''));
    return file ? packedResponse(file) : notFound();
  };
}

/** The site that embeds: a page for each path, made when it is asked for, and the bundles of its apps. */
export async function hostSite(page: (path: string) => string | undefined): Promise<Answer> {
  const apps = new Map<string, Packed>();
  for (const [name, content] of await bundledApps())
    apps.set(`/app/${name}`, pack(content, name.endsWith('.css') ? 'text/css' : 'text/javascript', 11));
  return (request) => {
    const { pathname } = new URL(request.url);
    const app = apps.get(pathname);
    if (app) return packedResponse(app);
    const html = page(pathname);
    if (html === undefined) return notFound();
    return packedResponse(pack(html, 'text/html; charset=utf-8'), { 'Cache-Control': 'no-cache' });
  };
}
