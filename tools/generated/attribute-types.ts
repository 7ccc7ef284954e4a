import { OPTION_KINDS, propertyName, type OptionName } from '../../src/widget/options.js';
import type { ElementDeclaration } from './manifest.js';

interface Line {
  readonly name: string;
  readonly type: string;
  readonly description: string | undefined;
}

const write = ({ name, type, description }: Line): string =>
  `  /** ${description ?? ''} */\n  ${/^[a-z]\w*$/i.test(name) ? name : `'${name}'`}?: ${type} | undefined;`;

/**
 * `types/attributes.d.ts`: what may be written on the tag in a template language, with the words of the source. Attributes
 * under their own names, properties under theirs.
 */
export function attributeTypes({
  name,
  attributes = [],
  members = [],
  events = [],
}: ElementDeclaration): string {
  const property = (of: string): string => `${name}['${of}']`;
  /** How else a value may be written in markup, where it is text. A number stays a number, a switch is there or not. */
  const alsoWritten = (attribute: string): string => {
    const { type } = OPTION_KINDS[attribute as OptionName];
    if (type === 'flag') return " | '' | 'true' | 'false'";
    if (type === 'seconds') return " | `${number}${'' | 's' | 'ms'}`";
    if (type === 'number' || type === 'integer') return ' | `${number}`';
    return type === 'length' ? ' | number' : '';
  };
  const written = attributes.map((attribute) => ({
    name: attribute.name,
    type: property(propertyName(attribute.name)) + alsoWritten(attribute.name),
    description: attribute.description,
  }));
  const taken = new Set(written.map((line) => line.name));
  const fields = members
    .filter(
      (member) =>
        member.kind === 'field' && !('readonly' in member && member.readonly) && !taken.has(member.name),
    )
    .map((member) => ({ name: member.name, type: property(member.name), description: member.description }));
  const handlers = events.map((event) => ({
    name: `on${event.name}`,
    type: `((event: BookingEventMap['${event.name}']) => void)`,
    description: event.description,
  }));
  return `// Made from the sources by \`npm run generate\`.
import type { ${name}, BookingEventMap } from 'booking-widget-element';

/** What may be written on \`<booking-widget>\`. */
export interface BookingWidgetAttributes {
${[...written, ...fields].map(write).join('\n')}
}

/** Listeners as \`on…\` attributes, where a framework takes them so. */
export interface BookingWidgetListeners {
${handlers.map(write).join('\n')}
}
`;
}
