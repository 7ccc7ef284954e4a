import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface LazyImport extends Node {
  readonly source: Node & { readonly value?: unknown };
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value;

function* importsIn(node: object): Generator<LazyImport> {
  if (isNode(node) && node.type === 'ImportExpression') yield node as LazyImport;
  for (const child of Object.values(node))
    if (typeof child === 'object' && child) yield* importsIn(child as object);
}

interface Exported extends Node {
  readonly exportKind?: 'type' | 'value';
  readonly declaration?:
    (Node & { readonly id?: Name; readonly declarations?: readonly { readonly id: Name }[] }) | null;
  readonly specifiers?: readonly { readonly exported: Name }[];
}

interface Name {
  readonly name: string;
}

/** What a module in TypeScript exports by name, types left out. */
function* exportsOf(program: { readonly body: readonly object[] }): Generator<string> {
  for (const node of program.body as readonly Exported[]) {
    if (node.type === 'ExportDefaultDeclaration') yield 'default';
    if (node.type !== 'ExportNamedDeclaration' || node.exportKind === 'type') continue;
    const { id, declarations = [] } = node.declaration ?? {};
    for (const name of [
      id,
      ...declarations.map((each) => each.id),
      ...(node.specifiers ?? []).map((each) => each.exported),
    ])
      if (name) yield name.name;
  }
}

/**
 * A file that holds everything has nothing to fetch: what it would import lazily is imported at its top, and handed over
 * by a promise. The bundler does that by itself too, but keeps every lazy module in a function of its own and adds
 * getters for what it exports, which costs a twentieth of the file. `isBeside` names what stays outside.
 */
export const inlineLazyParts = (isBeside: (source: string) => boolean): Plugin => ({
  name: 'inline-lazy-parts',
  enforce: 'post',
  async transform(code, id) {
    if (!/\/src\/.*\.ts$/.test(id) || !code.includes('import(')) return null;
    let top = '';
    let body = '';
    let at = 0;
    let count = 0;
    for (const { start, end, source } of importsIn(this.parse(code))) {
      const name = source.value;
      if (typeof name !== 'string' || isBeside(name)) continue;
      const module = await this.resolve(name, id);
      if (!module) throw new Error(`${id} imports ${name}, which is nowhere`);
      const names = [...exportsOf(this.parse(readFileSync(module.id, 'utf8'), { lang: 'ts' }))];
      const local = (exported: string): string => `${exported}OfPart${String(count)}`;
      top += `import{${names.map((each) => `${each} as ${local(each)}`).join()}}from${JSON.stringify(name)};`;
      body += `${code.slice(at, start)}Promise.resolve({${names.map((each) => `${each}:${local(each)}`).join()}})`;
      at = end;
      count++;
    }
    return { code: top + body + code.slice(at), map: null };
  },
});
