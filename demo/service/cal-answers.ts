import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type * as z from 'zod';
import type { Env } from './http.js';

/** Names of the exceptions that Cal.com's API answers with, by HTTP status. */
const CODES = {
  400: 'BadRequestException',
  401: 'UnauthorizedException',
  403: 'ForbiddenException',
  404: 'NotFoundException',
  409: 'ConflictException',
  422: 'UnprocessableEntityException',
  429: 'ThrottlerException',
  500: 'InternalServerErrorException',
} as const;

const codeOf = (status: number): string =>
  Object.entries(CODES).find(([known]) => Number(known) === status)?.[1] ?? 'HttpException';

/** `{status:"error", timestamp, path, error:{code, message, details?}}` */
export function calError(
  c: Context<Env>,
  status: ContentfulStatusCode,
  message: string,
  { now = Date.now(), details }: { now?: number; details?: unknown } = {},
): Response {
  const { pathname, search } = new URL(c.req.url);
  return c.json(
    {
      status: 'error',
      timestamp: new Date(now).toISOString(),
      path: pathname + search,
      error: { code: codeOf(status), message, ...(details !== undefined && { details }) },
    },
    status,
  );
}

/** The errors of a body as messages of Cal.com's validation. */
export const complaintsOf = (error: z.ZodError): string[] =>
  error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `property ${[...issue.path, key].join('.')} should not exist`)
      : `${issue.path.join('.') || 'body'}: ${issue.message}`,
  );

/** A 400 whose message lists every property that is wrong. */
export const calInvalid = (c: Context<Env>, complaints: readonly string[]): Response =>
  calError(c, 400, complaints.join(', '), {
    details: { message: complaints, error: 'Bad Request', statusCode: 400 },
  });

export const calSuccess = (c: Context<Env>, data: unknown, status: ContentfulStatusCode = 200): Response =>
  c.json({ status: 'success', data }, status);
