import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import type { MarkdownRenderer } from 'vitepress';
import { REPOSITORY } from '../../tools/release/addresses.js';

/** Files of the repository that the site has as pages. */
const PAGES: Readonly<Record<string, string>> = {
  'CHANGELOG.md': 'docs/changelog.md',
  'SECURITY.md': 'docs/security.md',
};

/** Whether a file of the repository is a page of the site. */
const isPage = (path: string): boolean =>
  path.startsWith('docs/') && path.endsWith('.md') && !path.startsWith('docs/decisions/');

/**
 * Where a relative link of a page leads on the site. Pages link to files of the repository, as GitHub shows them; what is not a page of
 * the site leads to the repository. Throws where there is no such file.
 */
export function siteLink(href: string, page: string): string {
  if (/^([a-z][a-z+.-]*:|#|\/)/i.test(href)) return href;
  const [, path = '', rest = ''] = /^([^#?]*)(.*)$/.exec(href) ?? [];
  // Files of the repository's root are included in pages: their links start there.
  const target = [dirname(`docs/${page}`), '.']
    .map((folder) => normalize(join(folder, path)))
    .map((file) => PAGES[file] ?? file)
    .find((file) => existsSync(file));
  if (target === undefined) throw new Error(`docs/${page} links to ${href}, and there is no such file`);
  if (!isPage(target)) return `${REPOSITORY}/blob/main/${target}${rest}`;
  return `/${target.slice('docs/'.length).replace(/README\.md$/, 'index.md')}${rest}`;
}

/** Makes a Markdown renderer write the site's links. */
export function outsideLinks(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('site-links', ({ tokens, env }) => {
    const { relativePath = '' } = env as { readonly relativePath?: string };
    const page = relativePath.replace(/(^|\/)index\.md$/, '$1README.md');
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.type === 'link_open' ? token.attrGet('href') : null;
      if (href !== null) token.attrSet('href', siteLink(href, page));
    }
  });
}
