import { fileURLToPath } from 'node:url';
import type { PageData } from './page/page-data.js';

export const PAGE_DIR = fileURLToPath(new URL('./page', import.meta.url));

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);

/** JSON that cannot end its script element. */
const escapeJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

export interface Shell {
  readonly data: PageData;
  readonly theme: string;
  readonly title: string;
}

/** The document around a page: no inline script or style, so that it works under the strictest policy. */
export function pageShell({ data, theme, title }: Shell): string {
  const known =
    theme === 'dark' || theme === 'light' ? theme : data.provider === 'calendly' ? 'light' : 'auto';
  const embed = data.embed ? (data.provider === 'cal' ? ' data-embed="hidden"' : ' data-embed="shown"') : '';
  return `<!doctype html>
<html lang="en" data-provider="${data.provider}" data-theme="${known}"${embed}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/__page/booker.css">
<script type="application/json" id="page-data">${escapeJson(data)}</script>
<script type="module" src="/__page/booker.js"></script>
</head>
<body>
<main class="main"><noscript>This page needs JavaScript to show free times.</noscript></main>
</body>
</html>
`;
}

/** What the page may do. Nothing inline, nothing from elsewhere. */
export const PAGE_POLICY = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `connect-src 'self'`,
  `img-src 'self' data:`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `require-trusted-types-for 'script'`,
].join('; ');
