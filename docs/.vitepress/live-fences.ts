import type { MarkdownRenderer } from 'vitepress';

/** Attribute values in a Vue template: without quotes, and without braces that Vue would read. */
const attribute = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');

/** Makes a Markdown renderer show the result of a piece of HTML whose fence says `html live`, below its code. */
export function liveFences(markdown: MarkdownRenderer): void {
  const { fence } = markdown.renderer.rules;
  if (!fence) throw new Error('the renderer has no rule for fences');
  markdown.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (!token || !/^html live\b/.test(token.info)) return fence(tokens, index, ...rest);
    token.info = 'html';
    return `${fence(tokens, index, ...rest)}<LiveExample code="${attribute(token.content)}" />`;
  };
}

/** Makes inline code show braces, which Vue would read as its own. */
export function literalCode(markdown: MarkdownRenderer): void {
  const { code_inline: inline } = markdown.renderer.rules;
  if (!inline) throw new Error('the renderer has no rule for inline code');
  markdown.renderer.rules.code_inline = (tokens, index, ...rest) => {
    tokens[index]?.attrSet('v-pre', '');
    return inline(tokens, index, ...rest);
  };
}

/** Makes tables scroll in a box of their own, which the keyboard reaches. */
export function scrollingTables(markdown: MarkdownRenderer): void {
  markdown.renderer.rules['table_open'] = () =>
    '<div class="scrolling-table" role="group" aria-label="Table" tabindex="0"><table>';
  markdown.renderer.rules['table_close'] = () => '</table></div>';
}
