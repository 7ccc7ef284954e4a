import { readFileSync } from 'node:fs';
import { contents } from '../../docs/.vitepress/sidebar.js';

/** The Markdown file of a page of the sidebar. */
const fileOf = (link: string): string => `docs${link.endsWith('/') ? `${link}README` : link}.md`;

/** The first sentence of a page that is prose. */
function summaryOf(file: string): string {
  const [, body = ''] = readFileSync(file, 'utf8').split(/^# .+$/m);
  const paragraph = body
    .split(/\n{2,}/)
    .map((text) => text.trim())
    .find((text) => /^(?!```)[A-Z`“]/.test(text));
  const plain = (paragraph ?? '').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\s+/g, ' ');
  return /^.*?[.:](?=\s|$)/.exec(plain)?.[0].replace(/:$/, '.') ?? plain;
}

/** `llms.txt`: what the product is, and a line for every page, by section (https://llmstxt.org). */
export function llmsText(base: string): string {
  const lines = contents.flatMap(({ text: section = '', items = [] }) => [
    '',
    `## ${section}`,
    '',
    ...items.map(({ text = '', link = '' }) => {
      const summary = summaryOf(fileOf(link));
      return `- [${text}](${base}${link.slice(1)}${link.endsWith('/') ? '' : '.html'})${summary && `: ${summary}`}`;
    }),
  ]);
  return `# booking-widget

> One HTML tag, \`<booking-widget>\`, that puts a scheduling page (Cal.com, Calendly and others) on any web page: visitors pick a time at once, and always have a link that works.
${lines.join('\n')}
`;
}
