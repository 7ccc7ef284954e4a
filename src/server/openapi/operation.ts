import type * as z from 'zod';

/** A response as the document describes it. */
export interface DocumentedResponse {
  readonly description: string;
  /** Media type of the body; none without. */
  readonly type?: string;
  /** The shape of a JSON body, and the name under which the document has it. */
  readonly schema?: { readonly name: string; readonly shape: z.core.$ZodType };
}

/** One method of one route, for the OpenAPI document. */
export interface Operation {
  readonly method: 'get' | 'post' | 'delete';
  /** As OpenAPI writes it: `/v1/webhooks/{provider}`. */
  readonly path: string;
  /** The same route as the router writes it, where that differs. */
  readonly route?: string;
  /** Unique, for generated clients. */
  readonly id: string;
  /** The guide's word for this part of the companion. */
  readonly tag: string;
  readonly summary: string;
  /** Whether the owner's token is required. */
  readonly owner?: boolean;
  /** Parameters of the path, of the query and among the headers. Optional ones are optional in the shape. */
  readonly pathParameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: Pick<DocumentedResponse, 'schema'> & { readonly type: string; readonly required: boolean };
  readonly responses: Readonly<Record<number, DocumentedResponse>>;
  /** Statuses of problems that only this route has, and why. */
  readonly problems?: Readonly<Record<number, string>>;
}

/** A response with a JSON body. */
export const json = (name: string, shape: z.core.$ZodType, description: string): DocumentedResponse => ({
  description,
  type: 'application/json',
  schema: { name, shape },
});

/** A response with a body that is not JSON. */
export const text = (type: string, description: string): DocumentedResponse => ({ description, type });

/** A response without a body. */
export const empty = (description: string): DocumentedResponse => ({ description });
