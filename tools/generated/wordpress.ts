import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { ElementDeclaration } from './manifest.js';
import { OPTION_FACTS } from './option-facts.js';

const RECOGNIZE = 'src/widget/providers/recognize.ts';

const php = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

const file = (about: string, ...functions: readonly string[]): string => `<?php
/**
 * ${about}
 *
 * Made from the widget's sources by "npm run generate"; a change here is lost.
 *
 * @package booking-widget
 */

namespace BookingWidget;

defined( 'ABSPATH' ) || exit;

${functions.join('\n\n')}
`;

const array = (name: string, about: string, rows: readonly string[]): string => `/**
 * ${about}
 */
function ${name}(): array {
	return array(
${rows.map((row) => `\t\t${row},`).join('\n')}
	);
}`;

/** The option vocabulary as the plugin reads it: for the block, the shortcode, the settings and the allowed tag. */
export function vocabularyPhp(element: ElementDeclaration): string {
  const described = new Map(element.attributes?.map(({ name, description }) => [name, description]));
  const kinds = [...OPTION_FACTS].map(([name, { type, values, byDefault = '', range }]) => {
    const list = [...(type === 'word' && !byDefault ? [''] : []), ...values].map(php);
    const facts = [`'type' => ${php(type)}`, `'default' => ${php(byDefault)}`];
    if (type === 'word') facts.push(`'values' => array( ${list.join(', ')} )`);
    if (range) facts.push(`'min' => ${range[0]}`, `'max' => ${range[1]}`);
    return `${php(name)} => array( ${facts.join(', ')} )`;
  });
  const help = [...OPTION_FACTS.keys()].map((name) => {
    const text = (described.get(name) ?? '').replaceAll('`', '').replace(/\s+/g, ' ');
    return `${php(name)} => __( ${php(text)}, 'booking-widget' )`;
  });
  return file(
    'The widget’s options: the same words as its attributes.',
    array(
      'option_kinds',
      'How each option is written: type, default, and words or bounds where it has some.',
      kinds,
    ),
    array('option_help', 'What each option means, in the language of the site.', help),
  );
}

/** What a constant in a source file is set to. Throws when it is no longer there. */
function constant(name: string, source: ts.SourceFile): ts.Expression {
  let found: ts.Expression | undefined;
  const look = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText(source) === name) found = node.initializer;
    ts.forEachChild(node, look);
  };
  look(source);
  while (found && ts.isAsExpression(found)) found = found.expression;
  if (!found)
    throw new Error(`${RECOGNIZE} has no constant ${name} for the WordPress plugin to know pages by`);
  return found;
}

function regex(expression: ts.Expression | undefined): string {
  if (!expression || !ts.isRegularExpressionLiteral(expression) || !expression.text.endsWith('/'))
    throw new Error(`${RECOGNIZE}: the WordPress plugin expects a regular expression without flags`);
  return expression.text.slice(1, -1);
}

/** Which addresses are scheduling pages, by the same patterns as `recognize`: PHP reads them as JavaScript does. */
export function schedulingPagesPhp(): string {
  const source = ts.createSourceFile(
    RECOGNIZE,
    readFileSync(RECOGNIZE, 'utf8'),
    ts.ScriptTarget.ES2022,
    true,
  );
  const pages = constant('PAGES', source);
  if (!ts.isArrayLiteralExpression(pages)) throw new Error(`${RECOGNIZE}: PAGES is no list`);
  const rows = pages.elements.map((row) => {
    const [id, pattern] = ts.isArrayLiteralExpression(row) ? row.elements : [];
    if (!id || !ts.isStringLiteral(id)) throw new Error(`${RECOGNIZE}: a row of PAGES has no name`);
    return `${php(id.text)} => ${php(regex(pattern))}`;
  });
  return file(
    'Which addresses are scheduling pages.',
    array('page_patterns', 'Patterns for host and path, by the provider whose page they are.', rows),
    `/**
 * What schedulers keep on their own host besides scheduling pages.
 */
function no_page_pattern(): string {
	return ${php(regex(constant('NO_PAGE', source)))};
}`,
  );
}
