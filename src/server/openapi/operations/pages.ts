import * as z from 'zod';
import { empty, json, text, type Operation } from '../operation.js';

const file = (what: string): Operation['responses'] => ({
  200: text('text/javascript', what),
  304: empty('The client has it already'),
});
const NO_FILE = { 404: 'There is no such file' };
const name = z.string().describe('Name of the file');
const toDashboard = empty('To `/dashboard`');

const DASHBOARD: readonly Operation[] = [
  {
    method: 'get',
    path: '/',
    id: 'getRoot',
    tag: 'Dashboard',
    summary: 'Leads to the dashboard',
    responses: { 302: toDashboard },
  },
  {
    method: 'get',
    path: '/dashboard',
    id: 'getDashboard',
    tag: 'Dashboard',
    summary: 'The dashboard, or the form to sign in',
    responses: { 200: text('text/html', 'The page'), 403: text('text/html', 'This companion has no token') },
  },
  {
    method: 'post',
    path: '/dashboard',
    id: 'signIn',
    tag: 'Dashboard',
    summary: 'Sign in',
    body: {
      type: 'application/x-www-form-urlencoded',
      required: true,
      schema: { name: 'SignIn', shape: z.object({ token: z.string() }) },
    },
    responses: {
      303: { ...toDashboard, description: 'To the dashboard, with a cookie' },
      401: text('text/html', 'It is another token'),
      403: text('text/html', 'This companion has no token'),
      429: text('text/html', 'Too many attempts'),
    },
  },
  {
    method: 'post',
    path: '/dashboard/sign-out',
    id: 'signOut',
    tag: 'Dashboard',
    summary: 'Sign out',
    responses: { 303: toDashboard },
  },
  {
    method: 'post',
    path: '/dashboard/sync',
    id: 'synchroniseFromDashboard',
    tag: 'Dashboard',
    summary: 'As `POST /v1/sync`, with the cookie of the dashboard',
    responses: {
      202: json(
        'SynchronisationStarted',
        z.object({ started: z.array(z.string()) }),
        'Names of the accounts',
      ),
    },
    problems: { 401: 'Signed out', 404: 'There is no such account', 422: 'Its bookings cannot be listed' },
  },
  {
    method: 'get',
    path: '/dashboard/{file}',
    route: '/dashboard/:file',
    id: 'getDashboardFile',
    tag: 'Dashboard',
    summary: 'Scripts and styles of the dashboard',
    pathParameters: z.object({ file: name }),
    responses: file('The file'),
    problems: { ...NO_FILE, 503: 'The dashboard was not built' },
  },
];

/** What is opened in browsers. */
export const PAGE_OPERATIONS: readonly Operation[] = [
  ...DASHBOARD,
  {
    method: 'get',
    path: '/embed',
    id: 'getEmbed',
    tag: 'Widget',
    summary: 'A page with one widget',
    query: z.looseObject({
      src: z.url().max(2048).describe('Address of the scheduling page'),
      label: z.string().optional(),
      lang: z.string().optional(),
    }),
    responses: { 200: text('text/html', 'The page'), 400: text('text/html', 'Why there is none') },
  },
  {
    method: 'get',
    path: '/embed.css',
    id: 'getEmbedStyles',
    tag: 'Widget',
    summary: 'Its style sheet',
    responses: { 200: text('text/css', 'The style sheet') },
  },
  {
    method: 'get',
    path: '/{script}',
    route: '/:name{booking-widget(\\.all)?\\.m?js}',
    id: 'getWidget',
    tag: 'Widget',
    summary: 'The widget',
    pathParameters: z.object({ script: z.string().regex(/^booking-widget(\.all)?\.m?js$/) }),
    responses: file('The script'),
    problems: NO_FILE,
  },
  {
    method: 'get',
    path: '/{version}/{chunk}',
    route: '/:version{v[\\w.-]+}/:name{[\\w-]+\\.js}',
    id: 'getWidgetChunk',
    tag: 'Widget',
    summary: 'A chunk of the widget',
    pathParameters: z.object({
      version: z.string().regex(/^v[\w.-]+$/),
      chunk: z.string().regex(/^[\w-]+\.js$/),
    }),
    responses: file('The script'),
    problems: NO_FILE,
  },
];
