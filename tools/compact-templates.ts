import type { Plugin } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Template extends Node {
  readonly tag: { readonly name?: string };
  readonly quasi: { readonly quasis: readonly Node[] };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

function* templatesIn(node: object): Generator<Template> {
  if (isNode(node) && node.type === 'TaggedTemplateExpression') yield node as Template;
  for (const child of Object.values(node))
    if (typeof child === 'object' && child) yield* templatesIn(child as object);
}

const oneSpace = (text: string): string => text.replace(/\s+/g, ' ');

const COMPACT: Readonly<Record<string, (text: string) => string>> = {
  html: oneSpace,
  css: (text) =>
    oneSpace(text.replace(/\/\*[^]*?\*\//g, ''))
      .replace(/ ?([{};,]) ?/g, '$1')
      .replaceAll(': ', ':')
      .replaceAll(';}', '}')
      // A value that is a name needs no quotes, and a fraction no zero.
      .replace(/='([\w-]+)'\]/g, '=$1]')
      .replace(/([ :,(])0\./g, '$1.'),
};

/** Takes the layout of the source out of Lit's `html` and `css` templates, where a minifier sees only text. */
export const compactTemplates = (): Plugin => ({
  name: 'compact-templates',
  enforce: 'post',
  transform(code, id) {
    if (!/\/src\/.*\.ts$/.test(id) || !/\b(html|css)`/.test(code)) return null;
    let out = '';
    let at = 0;
    for (const { tag, quasi } of templatesIn(this.parse(code))) {
      const compact = COMPACT[tag.name ?? ''];
      // A template within a template's expression comes after text that is already written: it keeps its layout.
      for (const { start, end } of compact ? quasi.quasis : []) {
        if (start < at || !compact) continue;
        out += code.slice(at, start) + compact(code.slice(start, end));
        at = end;
      }
    }
    return { code: out + code.slice(at), map: null };
  },
});
