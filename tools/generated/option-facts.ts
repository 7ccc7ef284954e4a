import { OPTION_KINDS, type OptionKind } from '../../src/widget/options.js';

/** What the option table says about an option, in the shape that documents need. */
export interface OptionFacts {
  readonly type: 'text' | 'word' | 'switch' | 'number';
  /** Words it may be, the default first; empty for any other type. */
  readonly values: readonly string[];
  /** As written in markup; undefined where there is none to show. */
  readonly byDefault: string | undefined;
  readonly range?: readonly [min: number, max: number];
}

function factsOf(kind: OptionKind): OptionFacts {
  if (kind === false) return { type: 'switch', values: [], byDefault: undefined };
  if (typeof kind === 'string') return { type: 'text', values: [], byDefault: kind || undefined };
  if ('byDefault' in kind)
    return { type: 'number', values: [], byDefault: String(kind.byDefault), range: [kind.min, kind.max] };
  return { type: 'word', values: kind.filter((word) => word !== ''), byDefault: kind[0] || undefined };
}

/** All options in the order of the table. */
export const OPTION_FACTS: ReadonlyMap<string, OptionFacts> = new Map(
  Object.entries<OptionKind>(OPTION_KINDS).map(([name, kind]) => [name, factsOf(kind)]),
);
