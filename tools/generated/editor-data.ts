import type { ElementDeclaration } from './manifest.js';
import { OPTION_FACTS } from './option-facts.js';

/** For VS Code's setting `html.customData`. */
export const vsCodeData = ({ tagName, description, attributes }: ElementDeclaration) => ({
  version: 1.1,
  tags: [
    {
      name: tagName,
      description,
      attributes: attributes?.map(({ name, description: text }) => {
        const { type, values = [] } = OPTION_FACTS.get(name) ?? {};
        const valueSet = type === 'switch' ? { valueSet: 'v' } : {};
        const words = values.map((value) => ({ name: value }));
        return { name, description: text, ...valueSet, ...(words.length > 0 && { values: words }) };
      }),
    },
  ],
});

/** For the field `web-types` of package.json, which JetBrains' editors read. */
export const webTypes = (
  element: ElementDeclaration,
  { name, version }: { name: string; version: string },
) => {
  const described = (list: readonly { name: string; description?: string }[] | undefined) =>
    list?.map(({ name: word, description }) => ({ name: word, description }));
  return {
    $schema: 'https://json.schemastore.org/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    contributions: {
      html: {
        elements: [
          {
            name: element.tagName,
            description: element.description,
            attributes: element.attributes?.map(({ name: attribute, description }) => {
              const { type, values = [], byDefault } = OPTION_FACTS.get(attribute) ?? {};
              return {
                name: attribute,
                description,
                ...(byDefault !== undefined && { default: byDefault }),
                ...(type === 'switch' && { value: { type: 'boolean' } }),
                ...(values.length > 0 && {
                  value: { type: 'enum' },
                  values: values.map((word) => ({ name: word })),
                }),
              };
            }),
            js: {
              properties: described(element.members?.filter(({ kind }) => kind === 'field')),
              events: described(element.events),
            },
          },
        ],
      },
      css: {
        properties: described(element.cssProperties),
        parts: described(element.cssParts),
      },
    },
  };
};
