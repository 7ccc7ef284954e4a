import type { Migrations } from '../store/migrate.js';
import type { Episode } from './episodes.js';

export interface AlertTables {
  alert_episode: {
    alert: Episode['alert'];
    subject: string;
    level: Episode['level'];
    since: number;
    calm_since: number;
  };
  /** Notices that have not arrived yet; `notice` is JSON. */
  alert_notice: { id: string; at: number; notice: string };
}

export const alertMigrations: Migrations = {
  'alerts-1': async (db) => {
    await db.schema
      .createTable('alert_episode')
      .addColumn('alert', 'text', (column) => column.notNull())
      .addColumn('subject', 'text', (column) => column.notNull())
      .addColumn('level', 'text', (column) => column.notNull())
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addColumn('calm_since', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('alert_episode_key', ['alert', 'subject'])
      .execute();
    await db.schema
      .createTable('alert_notice')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('notice', 'text', (column) => column.notNull())
      .execute();
  },
};
