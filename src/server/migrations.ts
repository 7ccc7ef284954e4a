import { alertMigrations } from './alerts/schema.js';
import { answerMigrations } from './availability/answer-tallies.js';
import { availabilityMigrations } from './availability/schema.js';
import { bookingMigrations } from './bookings/schema.js';
import { lifeMigrations } from './live/life.js';
import { sessionMigrations } from './http/ended-sessions.js';
import { metricsMigrations } from './metrics/schema.js';
import { nativeBookingMigrations } from './native-booking/schema.js';
import { queueMigrations } from './queue/schema.js';
import { busMigrations } from './store/bus.js';
import { leaseMigrations } from './store/leases.js';
import { noteMigrations } from './store/notes.js';
import { probeMigrations } from './store/probe.js';
import { syncMigrations } from './sync/schema.js';
import { webhookMigrations } from './webhooks/schema.js';
import { budgetMigrations } from './upstreams/budget-schema.js';
import { upstreamMigrations } from './upstreams/open-upstreams.js';
import type { Migrations } from './store/migrate.js';

/**
 * The tables of all features. A line for each feature that has some. A migration only adds, so that the version before goes on
 * working beside this one: docs/decisions/0161.
 */
export const MIGRATIONS: Migrations = {
  ...busMigrations,
  ...lifeMigrations,
  ...leaseMigrations,
  ...probeMigrations,
  ...noteMigrations,
  ...sessionMigrations,
  ...budgetMigrations,
  ...upstreamMigrations,
  ...availabilityMigrations,
  ...answerMigrations,
  ...queueMigrations,
  ...bookingMigrations,
  ...syncMigrations,
  ...webhookMigrations,
  ...metricsMigrations,
  ...alertMigrations,
  ...nativeBookingMigrations,
};
