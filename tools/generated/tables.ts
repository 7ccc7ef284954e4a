import { readdirSync } from 'node:fs';
import type { Provider } from '../../src/widget/providers/provider.js';
import type { ElementDeclaration } from './manifest.js';
import { OPTION_FACTS, type OptionFacts } from './option-facts.js';

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

export const code = (text: string): string => `\`${text}\``;

const named = (head: string, list: readonly { name: string; description?: string }[] | undefined): string =>
  table([head, 'Meaning'], list?.map(({ name, description }) => [code(name), description ?? '']) ?? []);

/** The default is first. */
function valuesOf({ type, values, byDefault, range }: OptionFacts): string {
  if (type === 'word') return [...(byDefault === undefined ? ['unset'] : []), ...values.map(code)].join(', ');
  if (type === 'switch') return 'switch';
  const shown = byDefault === undefined ? 'text' : code(byDefault);
  return range ? `${shown} (${range.join(' to ')})` : shown;
}

const PROVIDERS = 'src/widget/providers';

const isProvider = (value: unknown): value is Provider =>
  typeof value === 'object' && value !== null && 'capabilities' in value;

/** Sorts providers with the most capabilities first and those that can only be linked last. */
const rank = ({ id, capabilities: can }: Provider): number =>
  id === 'plain'
    ? 9
    : (can.framing === 'no' ? 4 : 0) + (can.ready === 'load' ? 2 : 0) - (can.booked === 'documented' ? 1 : 0);

const FRAMED = { yes: 'yes', conditional: 'if its settings allow', no: 'never: a link' } as const;
const BOOKED = { documented: 'announced', undocumented: 'announced (undocumented)', none: '' } as const;
const ASKED = { browser: 'the browser', companion: 'a companion', none: '' } as const;
const PREFILL = { url: 'address', message: 'message', both: 'address, message', none: '' } as const;

/** Every provider, as the tables list them. */
export async function allProviders(): Promise<Provider[]> {
  const files = readdirSync(PROVIDERS, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const modules = await Promise.all(
    files.map((name) => import(`../../${PROVIDERS}/${name}`) as Promise<Record<string, unknown>>),
  );
  // Small ones share a file and are exported together.
  return modules
    .flatMap((module) => Object.values(module))
    .flatMap((value) => (isProvider(value) ? [value] : (Object.values(value ?? {}) as unknown[])))
    .filter(isProvider)
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name, 'en'));
}

const providerTable = (all: readonly Provider[]): string =>
  table(
    [
      'Provider',
      '`provider`',
      'Framed',
      'Says when ready',
      'Height',
      'Bookings',
      'Opens at',
      'Prefill by',
      'Times from',
    ],
    all.map(({ id, name, capabilities: can }) => [
      name,
      code(id),
      FRAMED[can.framing],
      can.ready === 'message' ? 'yes' : 'no',
      can.framing === 'no' ? '' : can.height === 'message' ? 'follows' : 'fixed',
      BOOKED[can.booked],
      can.deepLink === 'none' ? 'the page' : `the ${can.deepLink}`,
      PREFILL[can.prefill],
      ASKED[can.availability],
    ]),
  );

/** The tables that guides show between `<!-- generated:NAME -->` and `<!-- /generated -->`. */
export async function tablesOf(element: ElementDeclaration): Promise<Readonly<Record<string, string>>> {
  const described = new Map(element.attributes?.map(({ name, description }) => [name, description]));
  return {
    options: table(
      ['Option', 'Values (default first)', 'Meaning'],
      [...OPTION_FACTS].map(([name, facts]) => [code(name), valuesOf(facts), described.get(name) ?? '']),
    ),
    methods: table(
      ['Method', 'Does'],
      (element.members ?? []).flatMap((member) =>
        member.kind === 'method'
          ? [
              [
                code(
                  `${member.name}(${(member.parameters ?? []).map(({ name, optional }) => name + (optional ? '?' : '')).join(', ')})`,
                ),
                member.description ?? '',
              ],
            ]
          : [],
      ),
    ),
    events: named('Event', element.events),
    parts: named('`::part()`', element.cssParts),
    states: named('`:state()`', element.cssStates),
    properties: named('Custom property', element.cssProperties),
    providers: providerTable(await allProviders()),
  };
}

const MARKED = /<!-- generated:(\w+) -->\n[\s\S]*?<!-- \/generated -->/g;

/** A guide with its tables brought up to date. Throws when it refers to an unknown table. */
export const withTables = (guide: string, tables: Readonly<Record<string, string>>): string =>
  guide.replace(MARKED, (_, name: string) => {
    const made = tables[name];
    if (made === undefined)
      throw new Error(`no generated table "${name}"; there are ${Object.keys(tables).join(', ')}`);
    return `<!-- generated:${name} -->\n\n${made}\n\n<!-- /generated -->`;
  });
