import * as z from 'zod';
import { empty, json, text, type Operation } from '../operation.js';
import { bookingProvider, cursor, limit, loadFilter, timeZone, window } from '../parameters.js';
import { queueResponse, syncResponse, webhooksResponse } from '../responses/account-health.js';
import { bookingList, bookingRecord, bookingSummary } from '../responses/bookings.js';
import { count, instant, provider } from '../responses/common.js';
import { loadsResponse, summaryResponse } from '../responses/metrics.js';
import { statusResponse } from '../responses/status.js';

const record = {
  query: z.object({ provider, id: z.string().min(1).max(500).describe("The provider's own") }),
};
const NO_BOOKING = { 404: 'Nothing is stored of this booking' };

const BOOKINGS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/bookings',
    id: 'listBookings',
    tag: 'Bookings',
    summary: 'Bookings of a range, by their beginning',
    owner: true,
    query: z.object({
      from: instant.optional().describe('ISO 8601 instant; now without'),
      to: instant.optional().describe('ISO 8601 instant, exclusive; 30 days after `from` without'),
      status: z.enum(['pending', 'accepted', 'rejected', 'cancelled']).optional(),
      provider: bookingProvider,
      eventType: z.string().optional(),
      limit: limit(100, 500),
      cursor,
    }),
    responses: { 200: json('BookingList', bookingList, 'One page of the list') },
  },
  {
    method: 'get',
    path: '/v1/bookings/summary',
    id: 'summarizeBookings',
    tag: 'Bookings',
    summary: 'How many were booked, moved and cancelled, by day and by event type',
    owner: true,
    query: z.object({ ...window, timeZone, provider: bookingProvider, limit: limit(20, 200) }),
    responses: { 200: json('BookingSummary', bookingSummary, 'The counts') },
  },
  {
    method: 'get',
    path: '/v1/bookings/record',
    id: 'getBooking',
    tag: 'Bookings',
    summary: 'All that is stored of one booking',
    owner: true,
    ...record,
    responses: { 200: json('BookingRecord', bookingRecord, 'The columns of the booking') },
    problems: NO_BOOKING,
  },
  {
    method: 'delete',
    path: '/v1/bookings/record',
    id: 'deleteBooking',
    tag: 'Bookings',
    summary: 'Remove one booking',
    owner: true,
    ...record,
    responses: { 204: empty('It was removed') },
    problems: NO_BOOKING,
  },
];

const sync = z.object({
  full: z.boolean().default(false).describe('Two years back and one ahead, as the first time'),
  account: z.string().optional().describe('A name from `GET /v1/sync`; all without'),
});

const OPERATION: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/sync',
    id: 'getSynchronisation',
    tag: 'Synchronisation',
    summary: 'How the bookings of each account are kept up to date',
    owner: true,
    responses: { 200: json('Synchronisation', syncResponse, 'The accounts') },
  },
  {
    method: 'post',
    path: '/v1/sync',
    id: 'synchronise',
    tag: 'Synchronisation',
    summary: 'Synchronise bookings now',
    owner: true,
    body: {
      type: 'application/json',
      required: false,
      schema: { name: 'SynchronisationRequest', shape: sync },
    },
    responses: {
      202: json(
        'SynchronisationStarted',
        z.object({ started: z.array(z.string()) }),
        'Names of the accounts',
      ),
    },
    problems: { 404: 'There is no such account', 422: 'The bookings of the account cannot be listed' },
  },
  {
    method: 'get',
    path: '/v1/queue',
    id: 'getQueue',
    tag: 'Queue',
    summary: 'Depth of the queue, and the jobs that were given up',
    owner: true,
    responses: { 200: json('Queue', queueResponse, 'The queue') },
  },
  {
    method: 'post',
    path: '/v1/queue/retry',
    id: 'retryJobs',
    tag: 'Queue',
    summary: 'Try the jobs again that were given up',
    owner: true,
    responses: { 200: json('Retried', z.object({ retried: count }), 'How many there are') },
  },
  {
    method: 'get',
    path: '/v1/webhooks',
    id: 'getWebhooks',
    tag: 'Webhooks',
    summary: 'What came of the deliveries, by provider',
    owner: true,
    responses: { 200: json('Webhooks', webhooksResponse, 'The webhooks') },
  },
  {
    method: 'get',
    path: '/v1/status',
    id: 'getStatus',
    tag: 'Running',
    summary: 'Budgets, breakers, calls and responses of the last hour, and the queue',
    owner: true,
    responses: { 200: json('Status', statusResponse, 'All instances together') },
  },
  {
    method: 'get',
    path: '/metrics',
    id: 'getPrometheusMetrics',
    tag: 'Running',
    summary: 'Figures for Prometheus',
    owner: true,
    responses: { 200: text('text/plain', 'Prometheus exposition format') },
  },
];

const METRICS: readonly Operation[] = [
  {
    method: 'get',
    path: '/v1/metrics',
    id: 'listLoads',
    tag: 'Metrics',
    summary: 'Loads as they were reported, the latest first',
    owner: true,
    query: z.object({ ...window, ...loadFilter, limit: limit(100, 1000), cursor }),
    responses: { 200: json('Loads', loadsResponse, 'One page of the list') },
  },
  {
    method: 'get',
    path: '/v1/metrics/summary',
    id: 'summarizeLoads',
    tag: 'Metrics',
    summary: 'Counts, failures, funnel and percentiles; by provider, mode and page; over time',
    owner: true,
    query: z.object({ ...window, ...loadFilter, timeZone, limit: limit(20, 200) }),
    responses: { 200: json('LoadSummary', summaryResponse, 'The summary') },
  },
];

/** What the owner of the token reads and starts. */
export const OWNER_OPERATIONS: readonly Operation[] = [...BOOKINGS, ...METRICS, ...OPERATION];
