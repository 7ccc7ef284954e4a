import { readFileSync } from 'node:fs';
import type {
  Attribute,
  ClassDeclaration,
  ClassMember,
  CustomElement,
  Declaration,
  Package,
} from 'custom-elements-manifest/schema';
import { propertyName } from '../../src/widget/options.js';
import { OPTION_FACTS } from './option-facts.js';

/** The element as its class's JSDoc describes it. */
export type ElementDeclaration = ClassDeclaration &
  CustomElement & { tagName: string; cssStates?: { name: string; description?: string }[] };

/** What the analyzer exports and its types leave out. */
interface Analyzer {
  create(from: { modules: unknown[]; plugins: unknown[]; context: { dev: boolean } }): Package;
  ts: { createSourceFile(name: string, text: string, target: number, setParents: boolean): unknown };
}

/** The public classes; the element's own base class comes along for what is inherited from it. */
const SOURCES = ['src/widget/options-element.ts', 'src/widget/booking-widget.ts', 'src/widget/events.ts'];
const ES2022 = 9;

/** Joins the lines of a paragraph; blank lines separate paragraphs. */
const unwrap = (text: string): string => text.replace(/([^\n])\n(?!\n)[ \t]*/g, '$1 ').trim();

const isElement = (declaration: Declaration): declaration is ElementDeclaration => 'tagName' in declaration;

/** Leaves out members that only the browser calls, and private ones. */
const isPublic = (member: ClassMember): boolean =>
  (member.privacy ?? 'public') === 'public' && !member.static && !/Callback$|^options$/.test(member.name);

const defaultOf = (option: string): string | undefined => {
  const { type, byDefault } = OPTION_FACTS.get(option) ?? {};
  return byDefault === undefined || type === 'number' ? byDefault : `'${byDefault}'`;
};

const withDefault = <T extends Attribute | ClassMember>(described: T, option: string): T => {
  const value = defaultOf(option);
  return value === undefined ? described : { ...described, default: value };
};

/** Leaves out source positions and inheritance: they would change the manifest without a change of the API. */
const QUIET = new Set(['inheritedFrom', 'source', 'superclass', 'mixins']);

const tidy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !QUIET.has(key))
      .map(([key, inner]: [string, unknown]) => [
        key,
        key === 'description' && typeof inner === 'string' ? unwrap(inner) : tidy(inner),
      ]),
  );
};

/** Reads the sources and describes the element and its events, as in the custom elements manifest schema. */
export async function createManifest(): Promise<{ manifest: Package; element: ElementDeclaration }> {
  const analyzer: unknown = await import('@custom-elements-manifest/analyzer');
  const { create, ts } = analyzer as Analyzer;
  const { modules } = create({
    modules: SOURCES.map((file) => ts.createSourceFile(file, readFileSync(file, 'utf8'), ES2022, true)),
    plugins: [],
    context: { dev: false },
  });
  const declarations = modules.flatMap((module) => module.declarations ?? []);
  const found = declarations.find(isElement);
  if (!found) throw new Error('no class with @tagname in src/widget/booking-widget.ts');
  const element = tidy({
    ...found,
    attributes: found.attributes?.map((attribute) => withDefault(attribute, attribute.name)),
    members: found.members
      ?.filter(isPublic)
      .map((member) => withDefault(member, optionOf(found, member.name) ?? '')),
  }) as ElementDeclaration;
  const events = declarations.filter(({ name }) => /^Booking\w+Event$/.test(name));
  const classes = [element, ...events.map((event) => tidy(event) as Declaration)];
  const index = 'dist/esm/index.js';
  return {
    element,
    manifest: {
      schemaVersion: '2.1.0',
      readme: 'README.md',
      modules: [
        {
          kind: 'javascript-module',
          path: index,
          declarations: classes,
          exports: classes.map(({ name }) => ({ kind: 'js', name, declaration: { name } })),
        },
        {
          kind: 'javascript-module',
          path: index.replace('index.js', 'define.js'),
          declarations: [],
          exports: [
            {
              kind: 'custom-element-definition',
              name: element.tagName,
              declaration: { name: element.name, module: index },
            },
          ],
        },
      ],
    },
  };
}

const optionOf = (element: ElementDeclaration, property: string): string | undefined =>
  element.attributes?.find(({ name }) => propertyName(name) === property)?.name;
