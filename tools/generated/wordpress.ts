import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { ElementDeclaration } from './manifest.js';
import { OPTION_FACTS } from './option-facts.js';

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

const PROVIDERS = 'src/widget/providers';

/** A source file, with what its constants are set to. */
function sourceOf(name: string): {
  readonly file: string;
  /** Throws when there is no such constant. */
  readonly constant: (name: string) => ts.Expression;
} {
  const file = `${PROVIDERS}/${name}.ts`;
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const constants = new Map<string, ts.Expression>();
  const look = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer)
      constants.set(node.name.getText(source), node.initializer);
    ts.forEachChild(node, look);
  };
  look(source);
  return {
    file,
    constant(wanted) {
      let found = constants.get(wanted);
      while (found && (ts.isAsExpression(found) || ts.isSatisfiesExpression(found))) found = found.expression;
      if (!found)
        throw new Error(`${file} has no constant ${wanted} for the WordPress plugin to know pages by`);
      return found;
    },
  };
}

type Source = ReturnType<typeof sourceOf>;

function listOf({ file, constant }: Source, name: string): readonly ts.Expression[] {
  const list = constant(name);
  if (!ts.isArrayLiteralExpression(list)) throw new Error(`${file}: ${name} is no list`);
  return list.elements;
}

function regexOf(source: Source, expression: ts.Expression | undefined): string {
  if (expression && ts.isIdentifier(expression)) return regexOf(source, source.constant(expression.text));
  if (!expression || !ts.isRegularExpressionLiteral(expression) || !expression.text.endsWith('/'))
    throw new Error(`${source.file}: the WordPress plugin expects a regular expression without flags`);
  return expression.text.slice(1, -1);
}

/** The value of a string expression, plain or concatenated from constants of the same file. */
function textOf(source: Source, expression: ts.Expression | undefined): string {
  if (expression && ts.isStringLiteralLike(expression)) return expression.text;
  if (expression && ts.isIdentifier(expression)) return textOf(source, source.constant(expression.text));
  if (expression && ts.isTemplateExpression(expression))
    return expression.templateSpans.reduce(
      (text, span) => text + textOf(source, span.expression) + span.literal.text,
      expression.head.text,
    );
  throw new Error(
    `${source.file}: the WordPress plugin expects a string, not ${expression?.getText() ?? 'nothing'}`,
  );
}

/** The members of an object literal, by name; of anything else none. */
function membersOf(row: ts.Expression): ReadonlyMap<string, ts.Expression> {
  const members = new Map<string, ts.Expression>();
  for (const member of ts.isObjectLiteralExpression(row) ? row.properties : [])
    if (ts.isPropertyAssignment(member)) members.set(member.name.getText(), member.initializer);
  return members;
}

/**
 * Name and pages of a row in the table of rarer schedulers: an object, made by a function that takes them in this order, or
 * another row with something added.
 */
function rowOf(source: Source, row: ts.Expression): readonly [id: string, pages: string | undefined] {
  if (ts.isCallExpression(row)) {
    const [id, pages] = row.arguments;
    return [textOf(source, id), pages && textOf(source, pages)];
  }
  for (const member of ts.isObjectLiteralExpression(row) ? row.properties : [])
    if (ts.isSpreadAssignment(member)) return rowOf(source, member.expression);
  const members = membersOf(row);
  const pages = members.get('pages');
  return [textOf(source, members.get('id')), pages && textOf(source, pages)];
}

/** Which addresses are scheduling pages, by the same patterns as the widget: PHP reads them as JavaScript does. */
export function schedulingPagesPhp(): string {
  const hosts = sourceOf('common-hosts');
  const common = sourceOf('recognize');
  const rarer = sourceOf('recognize-others');
  const pages = listOf(hosts, 'COMMON_PROVIDERS').map((row) => {
    const members = membersOf(row);
    return `${php(textOf(hosts, members.get('id')))} => ${php(regexOf(hosts, members.get('host')))}`;
  });
  const others = listOf(rarer, 'ROWS').flatMap((row) => {
    const [id, pattern] = rowOf(rarer, row);
    // Some services have no host of their own, so no address identifies them.
    return pattern === undefined ? [] : [`${php(id)} => ${php(`^(?:${pattern})`)}`];
  });
  return file(
    'Which addresses are scheduling pages.',
    array('page_patterns', 'Patterns for host and path, by the provider whose page they are.', pages),
    `/**
 * What those keep on their own host besides scheduling pages.
 */
function no_page_pattern(): string {
	return ${php(regexOf(common, common.constant('NO_PAGE')))};
}`,
    array('other_page_patterns', 'The same for all others; these tell themselves what is no page.', others),
  );
}
