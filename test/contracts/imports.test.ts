import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { describe, it } from 'node:test';
import ts from 'typescript';

/** One import line: which file (from the project's top) asks for what, and whether only for types. */
interface Import {
  readonly file: string;
  /** A file of ours from the project's top, without extension, or a package as written. */
  readonly target: string;
  readonly typesOnly: boolean;
}

const STAGES = ['views', 'availability', 'frame', 'dialog', 'page', 'metrics', 'live', 'providers'];

const isTypesOnly = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const names = node.importClause?.namedBindings;
  return (
    node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
    (!node.importClause?.name &&
      !!names &&
      ts.isNamedImports(names) &&
      names.elements.length > 0 &&
      names.elements.every((name) => name.isTypeOnly))
  );
};

/** Static imports, re-exports, `import()` and `import()` types of one source text. */
export function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const add = (specifier: ts.Node | undefined, typesOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteral(specifier)) return;
    const { text: name } = specifier;
    const target = name.startsWith('.') ? join(dirname(file), name).replace(/\.(js|ts)$/, '') : name;
    found.push({ file, target, typesOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node))
      add(node.moduleSpecifier, isTypesOnly(node));
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest));
  return found;
}

const sources = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name.replaceAll('\\', '/')))
    .filter((file) => /\.ts$/.test(file));

const stageOf = (path: string): string | undefined =>
  STAGES.find((stage) => path.startsWith(`src/widget/${stage}/`));

/** Why an import may not be; undefined when it may. */
export function objection({ file, target, typesOnly }: Import): string | undefined {
  const from = (folder: string): boolean => file.startsWith(folder);
  const to = (folder: string): boolean => target.startsWith(folder);
  const inBrowser = from('src/') && !from('src/server/') && !from('src/protocol/');
  if (from('src/protocol/') && !to('src/protocol/') && target !== 'zod/mini')
    return 'protocol imports nothing but itself and zod/mini';
  if (from('src/scheduling/') && !to('src/scheduling/') && !(to('src/protocol/') && typesOnly))
    return 'the rules of times need nobody';
  if (inBrowser && to('src/protocol/') && !typesOnly)
    return 'in a browser protocol is types: its parsers weigh too much';
  if (inBrowser && to('zod')) return 'no zod in a browser';
  // The dashboard shows what the companion answers: it knows the shapes of that.
  if (inBrowser && to('src/server/') && !(from('src/dashboard/') && typesOnly))
    return 'nothing of the server in a browser';
  if (inBrowser && to('node:')) return 'nothing of Node in a browser';
  if (from('src/server/') && to('src/') && !/^src\/(server|protocol|scheduling)\/|^src\/version$/.test(target))
    return 'server and widget share protocol and scheduling only';
  if (
    from('src/server/') &&
    /^src\/server\/(node|cli|commands\/)/.test(target) &&
    !/^src\/server\/(bin|cli|commands\/)/.test(file)
  )
    return 'the companion does not know who runs it';
  if (
    from('src/server/store/') &&
    to('src/server/') &&
    !/^src\/server\/(store\/|(options|missing-package)$)/.test(target)
  )
    return 'the store knows nobody who uses it';
  if (from('src/') && !to('src/') && /^(demo|test|tools|scripts)\//.test(target))
    return 'what ships imports what ships';
  if (from('src/widget/') && /^src\/[\w-]+$/.test(target) && target !== 'src/version')
    return 'the widget does not know its doors';
  const [fromStage, toStage] = [stageOf(file), stageOf(`${target}/`) ?? stageOf(target)];
  if (
    fromStage &&
    toStage &&
    fromStage !== toStage &&
    !(target === 'src/widget/providers/provider' && typesOnly)
  )
    return 'stages meet in the element, not in each other';
  if (fromStage && target === 'src/widget/booking-widget') return 'stages do not know the element';
  if (
    from('demo/') &&
    to('src/') &&
    !/^src\/(index|define|auto|server\/index|server\/node|protocol\/[\w-]+)$/.test(target)
  )
    return 'the demo uses what everybody can use';
  return undefined;
}

const imports = ['src', 'demo']
  .flatMap(sources)
  .flatMap((file) => importsOf(file, readFileSync(file, 'utf8')));

describe('imports', () => {
  it('go only the ways the house allows', () => {
    const wrong = imports.flatMap((line) => {
      const why = objection(line);
      return why ? [`${line.file} → ${line.target}: ${why}`] : [];
    });
    assert.deepEqual(wrong, []);
  });

  it('are read in every form', () => {
    const text = `
      import type { A } from './a.js'; import { type B } from './b.js'; import { c, type C } from './c.js';
      import './d.js'; export * from './e.js'; export type { F } from './f.js'; const g = import('./g.js');
      type H = typeof import('./h.js'); import i from 'i';`;
    assert.deepEqual(
      importsOf('src/x/y.ts', text).map(({ target, typesOnly }) => `${target}${typesOnly ? ' (types)' : ''}`),
      [
        'src/x/a (types)',
        'src/x/b (types)',
        'src/x/c',
        'src/x/d',
        'src/x/e',
        'src/x/f (types)',
        'src/x/g',
        'src/x/h (types)',
        'i',
      ],
    );
  });

  for (const [file, target, typesOnly] of [
    ['src/protocol/availability.ts', 'src/widget/options', true],
    ['src/widget/options.ts', 'src/protocol/load-report', false],
    ['src/widget/views/slots-view.ts', 'src/widget/frame/frame-messages', true],
    ['src/widget/views/slots-view.ts', 'src/widget/providers/provider', false],
    ['src/widget/frame/frame-controller.ts', 'src/widget/booking-widget', true],
    ['src/widget/metrics/beacon.ts', 'zod', false],
    ['src/entries/script-tag.ts', 'src/server/index', true],
    ['src/server/index.ts', 'src/widget/options', true],
    ['src/server/index.ts', 'src/entries/define', true],
    ['src/server/index.ts', 'src/server/node', false],
    ['src/server/store/bus.ts', 'src/server/feature', true],
    ['src/scheduling/freshness.ts', 'src/widget/options', true],
    ['demo/gallery.ts', 'src/widget/options', true],
  ] as const)
    it(`are refused from ${file} to ${target}${typesOnly ? ', even for types' : ''}`, () => {
      assert.ok(objection({ file, target, typesOnly }));
    });

  it('leave the importer’s door without side effects', () => {
    const bare = imports
      .filter(({ file }) => file === 'src/entries/index.ts')
      .filter(({ target }) => target === 'src/entries/define');
    assert.deepEqual(bare, []);
    const index = ts.createSourceFile(
      'index.ts',
      readFileSync('src/entries/index.ts', 'utf8'),
      ts.ScriptTarget.Latest,
    );
    assert.ok(
      index.statements.every((statement) => ts.isExportDeclaration(statement)),
      'src/entries/index.ts only re-exports',
    );
  });
});
