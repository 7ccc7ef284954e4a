import assert from 'node:assert/strict';
import { test } from 'node:test';
import ts from 'typescript';
import { PRIVATE_NAMES } from '../../tools/private-names.js';

/*
 * The build shortens some names of properties. One that is also a piece of text, by which a property is looked up, would
 * not be found any more, and only in what is shipped.
 */

const SHORTENED = new Set(PRIVATE_NAMES);

const HARMLESS = new Set([
  // Their keys come from the object itself: whatever the build made of them.
  'news[key]',
  'state[key]',
  // No action that is called `load` has a mark.
  'MARK_OF[heard.type]',
]);

function lookups(): string[] {
  const { config } = ts.readConfigFile('tsconfig.json', (name) => ts.sys.readFile(name)) as {
    config: object;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const files = ts.sys.readDirectory('src/widget', ['.ts']);
  const program = ts.createProgram(files, { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    ts.forEachChild(node, look);
    if (!ts.isElementAccessExpression(node) || HARMLESS.has(node.getText())) return;
    const key = checker.getTypeAtLocation(node.argumentExpression);
    const words = (key.isUnion() ? key.types : [key]).flatMap((type) =>
      type.isStringLiteral() ? [type.value] : [],
    );
    const isAnyText = (key.flags & ts.TypeFlags.String) !== 0;
    const names = checker
      .getTypeAtLocation(node.expression)
      .getProperties()
      .map((property) => property.getName())
      .filter((name) => isAnyText || words.includes(name));
    for (const name of names)
      if (SHORTENED.has(name))
        found.push(`${node.getSourceFile().fileName}: ${node.getText()} may be ${name}`);
  };
  for (const file of program.getSourceFiles()) if (!file.isDeclarationFile) look(file);
  return found;
}

test('no property that the build renames is looked up by its name as text', () => {
  assert.deepEqual(lookups(), []);
});
