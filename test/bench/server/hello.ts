// The framework's bare route, to compare with: prints its address and answers until it is stopped.
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { tellUsage } from './usage.js';

const app = new Hono();
app.get('/hello', (c) => c.text('hello'));
const server = createAdaptorServer({ fetch: app.fetch });
server.listen(0, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
tellUsage();
