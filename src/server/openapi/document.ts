import * as z from 'zod';
import { VERSION } from '../../version.js';
import type { DocumentedResponse, Operation } from './operation.js';
import { OPERATIONS } from './operations.js';
import { problem } from './responses/common.js';

type Json = Readonly<Record<string, unknown>>;

/** Problems that any route may answer with. */
const USUAL = {
  400: 'A parameter or the body is malformed; `code` says which',
  429: 'Too many requests of this client; see `Retry-After`',
  503: 'Nothing can be read or stored at this moment; see `Retry-After`',
} as const;

const OWNERS = {
  401: "The owner's token is missing or another",
  403: 'This companion has no token: what is for its owner is closed',
} as const;

/** Dates and refinements of which JSON Schema knows nothing are left open. */
function schemaOf(shape: z.core.$ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  });
  return schema;
}

/** The shapes of all operations by their name. Throws where one name stands for two shapes. */
class Components {
  readonly schemas: Record<string, Json> = {};

  /** A reference to the shape. */
  add(name: string, shape: z.core.$ZodType): Json {
    // As a client sends it: fields of later versions are allowed.
    const schema = schemaOf(shape, 'input');
    const known = this.schemas[name];
    if (known && JSON.stringify(known) !== JSON.stringify(schema))
      throw new Error(`two shapes have the name ${name}`);
    this.schemas[name] = schema;
    return { $ref: `#/components/schemas/${name}` };
  }
}

function parametersOf(place: 'path' | 'query' | 'header', shape: z.ZodObject | undefined): Json[] {
  if (!shape) return [];
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

function operationOf(operation: Operation, components: Components): Json {
  const { id, tag, summary, owner = false, body, responses, problems } = operation;
  const content = ({ type, schema }: Pick<DocumentedResponse, 'type' | 'schema'>): Json | undefined =>
    type === undefined
      ? undefined
      : { [type]: schema ? { schema: components.add(schema.name, schema.shape) } : {} };
  const refusal = (description: string): Json => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  const refusals: Readonly<Record<string, string>> = { ...USUAL, ...(owner && OWNERS), ...problems };
  const answers = Object.entries(responses).map(([status, response]): [string, Json] => {
    const described = content(response);
    return [status, { description: response.description, ...(described && { content: described }) }];
  });
  const parameters = [
    ...parametersOf('path', operation.pathParameters),
    ...parametersOf('query', operation.query),
    ...parametersOf('header', operation.headers),
  ];
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(owner && { security: [{ token: [] }] }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: { required: body.required, content: content(body) } }),
    responses: {
      ...Object.fromEntries(Object.entries(refusals).map(([status, why]) => [status, refusal(why)])),
      ...Object.fromEntries(answers),
    },
  };
}

/** The OpenAPI 3.1 document of all routes. */
export function openApiDocument(operations: readonly Operation[] = OPERATIONS): Json {
  const components = new Components();
  components.add('Problem', problem);
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {});
    path[operation.method] = operationOf(operation, components);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'booking-widget companion',
      version: VERSION,
      description: 'Every route of the companion. The guide is `docs/companion.md`.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'The option `token` of the companion' },
      },
    },
  };
}
