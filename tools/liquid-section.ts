import { Liquid, Tag, type TagToken, type TopLevelToken } from 'liquidjs';

interface Setting {
  readonly id?: string;
  readonly default?: unknown;
}

const SCHEMA = /\{% schema %\}([^]*?)\{% endschema %\}/;

/**
 * Renders a Shopify section the way a shop does: its schema shows nothing and holds the settings' defaults, and assets lie
 * in `assets`, without a slash at its end. `settings` are what the merchant has entered.
 *
 * @throws where the section or its schema cannot be read
 */
export async function renderSection(
  section: string,
  assets: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const schema = JSON.parse(SCHEMA.exec(section)?.[1] ?? '{}') as { readonly settings?: readonly Setting[] };
  const entered: Record<string, unknown> = {};
  for (const { id = '', default: value = null } of schema.settings ?? []) entered[id] = settings[id] ?? value;
  const engine = new Liquid({ strictVariables: true, strictFilters: true });
  engine.registerTag(
    'schema',
    class extends Tag {
      constructor(token: TagToken, rest: TopLevelToken[], liquid: Liquid) {
        super(token, rest, liquid);
        while (rest.length > 0) if ((rest.shift() as { readonly name?: string }).name === 'endschema') return;
        throw new Error('{% schema %} is not closed');
      }
      /** A schema shows nothing. */
      render(): void {}
    },
  );
  engine.registerFilter('asset_url', (name: string) => `${assets}/${name}`);
  const rendered: unknown = await engine.parseAndRender(section, {
    request: { design_mode: false },
    section: { settings: entered },
  });
  return String(rendered);
}
