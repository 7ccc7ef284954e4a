import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What is wrong with a link, and where it is. */
export type Finding = string;

/** Values of an attribute in built pages, whose attributes all have quotes. */
const valuesOf = (html: string, name: string): string[] =>
  [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'"),
  );

/** Elements that fetch what they name. */
const FETCHING = /<(?:script|link|img|iframe|source|video|audio|embed|object)\b[^>]*>/g;

const withoutBase = (path: string, base: string): string | null =>
  path.startsWith(base) ? path.slice(base.length) : null;

/** The file that a web host serves for a path without leading slash. */
function fileOf(site: string, path: string): string | null {
  const candidates = [path, `${path}.html`, join(path, 'index.html')].map((each) => join(site, each));
  return candidates.find((file) => existsSync(file) && statSync(file).isFile()) ?? null;
}

/**
 * Follows every link and file that the pages of a built site name. Finds links that lead nowhere, anchors that no heading has, and
 * whatever would be fetched from another origin.
 */
export function checkLinks(site: string, base: string): Finding[] {
  const pages = readdirSync(site, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  );
  const markup = new Map(pages.map((page) => [join(site, page), readFileSync(join(site, page), 'utf8')]));
  const anchors = new Map([...markup].map(([file, html]) => [file, new Set(valuesOf(html, 'id'))]));
  const found: Finding[] = [];
  for (const page of pages) {
    const html = markup.get(join(site, page)) ?? '';
    const here = new URL(`${base}${page}`, 'http://docs.example');
    for (const tag of html.match(FETCHING) ?? [])
      for (const address of [...valuesOf(tag, 'src'), ...valuesOf(tag, 'href')])
        if (new URL(address, here).origin !== here.origin && !address.startsWith('data:'))
          found.push(`${page} would fetch ${address}`);
    for (const href of new Set([...valuesOf(html, 'href'), ...valuesOf(html, 'src')])) {
      const target = new URL(href, here);
      if (target.origin !== here.origin) continue;
      const path = withoutBase(decodeURIComponent(target.pathname), base);
      const file = path === null ? null : fileOf(site, path);
      const anchor = decodeURIComponent(target.hash.slice(1));
      if (file === null) found.push(`${page} links to ${href}, and there is no such file`);
      else if (anchor && !anchors.get(file)?.has(anchor))
        found.push(`${page} links to ${href}, and that page has no such heading`);
    }
  }
  return found;
}
