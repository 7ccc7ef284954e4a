import { OPTION_KINDS, type OptionKind } from '../../src/widget/options.js';

/** The facts of the option table about one option, in the shape that the generated documents need. */
export interface OptionFacts {
  readonly type: 'text' | 'word' | 'switch' | 'number';
  /** Words it may be, the default first; empty for any other type. */
  readonly values: readonly string[];
  /** As written in markup; undefined where there is none to show. */
  readonly byDefault: string | undefined;
  readonly range?: readonly [min: number, max: number];
}

function factsOf(kind: OptionKind): OptionFacts {
  switch (kind.type) {
    case 'flag':
      return { type: 'switch', values: [], byDefault: undefined };
    case 'text':
      return { type: 'text', values: [], byDefault: kind.default || undefined };
    case 'length':
      return { type: 'text', values: [], byDefault: kind.default };
    case 'choice':
      return {
        type: 'word',
        values: kind.values.filter((value) => value !== ''),
        byDefault: kind.default || undefined,
      };
    default:
      return { type: 'number', values: [], byDefault: String(kind.default), range: [kind.min, kind.max] };
  }
}

/** All options in the order of the table. */
export const OPTION_FACTS: ReadonlyMap<string, OptionFacts> = new Map(
  Object.entries<OptionKind>(OPTION_KINDS).map(([name, kind]) => [name, factsOf(kind)]),
);
