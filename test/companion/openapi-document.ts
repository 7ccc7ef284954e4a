import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export interface DocumentedOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: object }>> }>
  >;
}

/** The file that `npm run generate` writes. */
const document = JSON.parse(readFileSync('docs/openapi.json', 'utf8')) as {
  readonly openapi: string;
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, Omit<DocumentedOperation, 'method' | 'path'>>>>
  >;
  readonly components: object;
};

export const OPERATIONS: readonly DocumentedOperation[] = Object.entries(document.paths).flatMap(
  ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ method, path, ...operation })),
);

/**
 * Objects may have fields of later versions; a response of this version has no field that the document does not name.
 */
const closed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const inner = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, closed(one)]));
  return 'properties' in inner && !('additionalProperties' in inner)
    ? { ...inner, additionalProperties: false }
    : inner;
};

const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats(ajv);
ajv.addSchema({ $id: 'openapi', ...(closed({ components: document.components }) as object) });

const absolute = (schema: object): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')) as object;

/** Fails where a response is not what the document says of it. */
export async function assertDocumented(operation: DocumentedOperation, response: Response): Promise<void> {
  const name = `${operation.method.toUpperCase()} ${operation.path} ${response.status}`;
  const described = operation.responses[String(response.status)];
  assert.ok(described, `${name} is not in the document`);
  const body = await response.text();
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  if (!described.content) {
    assert.equal(body, '', `${name} has no body`);
    return;
  }
  const content = described.content[type];
  assert.ok(content, `${name} is ${type}, the document has ${Object.keys(described.content).join(', ')}`);
  if (!content.schema) return;
  const validate = ajv.compile(absolute(content.schema));
  assert.ok(
    validate(JSON.parse(body)),
    `${name}: ${ajv.errorsText(validate.errors)}\n${body.slice(0, 2000)}`,
  );
}

export const operationOf = (id: string): DocumentedOperation => {
  const found = OPERATIONS.find(({ operationId }) => operationId === id);
  assert.ok(found, `there is no operation ${id}`);
  return found;
};
