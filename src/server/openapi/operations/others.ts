import * as z from 'zod';
import { loadReportSchema } from '../../../protocol/load-report-schema.js';
import { empty, json, type Operation } from '../operation.js';
import { healthResponse, readyResponse } from '../responses/account-health.js';

const delivery = json(
  'DeliveryStored',
  z.object({ is: z.enum(['booking', 'unreadable', 'ignored']) }),
  'What the delivery is',
);

const webhook = (name: 'cal' | 'calendly', title: string, header: string): Operation => ({
  method: 'post',
  path: `/v1/webhooks/${name}`,
  id: `receive${name === 'cal' ? 'CalCom' : 'Calendly'}`,
  tag: 'Webhooks',
  summary: `Deliveries of ${title}, signed in the header \`${header}\``,
  body: { type: 'application/json', required: true },
  responses: { 200: { ...delivery, description: 'It is about no booking' }, 202: delivery },
  problems: {
    401: 'No secret of this companion has signed it',
    403: 'This companion has no secret for it',
    503: 'It could not be stored: send it again',
  },
});

/** What scheduling services, pages and machines send and read. */
export const OTHER_OPERATIONS: readonly Operation[] = [
  webhook('cal', 'Cal.com', 'X-Cal-Signature-256'),
  webhook('calendly', 'Calendly', 'Calendly-Webhook-Signature'),
  {
    method: 'post',
    path: '/v1/metrics',
    id: 'reportLoad',
    tag: 'Metrics',
    summary: "A widget's load report",
    body: { type: 'text/plain', required: true, schema: { name: 'LoadReport', shape: loadReportSchema } },
    responses: { 204: empty('It is stored, or not counted: a bot, or a visitor who does not want it') },
    problems: { 403: 'Pages of this origin may not report', 503: 'It could not be stored now' },
  },
  {
    method: 'get',
    path: '/healthz',
    id: 'getHealth',
    tag: 'Running',
    summary: 'Whether all components work',
    responses: {
      200: json('Health', healthResponse, 'They do'),
      503: json('Health', healthResponse, '`failed` names those that do not'),
    },
  },
  {
    method: 'get',
    path: '/readyz',
    id: 'getReadiness',
    tag: 'Running',
    summary: 'Whether the instance should get requests',
    responses: {
      200: json('Readiness', readyResponse, 'It should'),
      503: json('Readiness', readyResponse, 'It should not'),
    },
  },
  {
    method: 'get',
    path: '/v1/openapi.json',
    id: 'getOpenApi',
    tag: 'Running',
    summary: 'This document',
    responses: {
      200: json('OpenApi', z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1'),
      304: empty('The client has it already'),
    },
  },
];
