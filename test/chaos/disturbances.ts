import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from './database.js';
import type { Fleet, Instance } from './fleet.js';
import type { Dice } from './random.js';

/** Where disturbances happen. */
export interface Scene {
  readonly fleet: Fleet;
  readonly database: Database | undefined;
  readonly dice: Dice;
  /** Milliseconds that a disturbance lasts. */
  readonly length: number;
}

/** Disturbs, and leaves everything as it was: processes run, the database is up, disks have room, clocks are right. */
export type Disturbance = (scene: Scene) => Promise<void>;

const some = ({ fleet, dice }: Scene): Instance => dice.of(fleet.instances);
const last = ({ length }: Scene): Promise<void> => wait(length);

export const onEveryStore = {
  async 'a process is killed'(scene) {
    const instance = some(scene);
    await instance.kill();
    await scene.fleet.replace(instance);
  },
  async 'a process is asked to end'(scene) {
    const instance = some(scene);
    await instance.end();
    await scene.fleet.replace(instance);
  },
  async 'a process freezes'(scene) {
    const instance = some(scene);
    instance.freeze();
    await last(scene);
    instance.thaw();
  },
  async 'a process freezes for ever'(scene) {
    const instance = some(scene);
    instance.freeze();
    await last(scene);
    await instance.kill();
    await scene.fleet.replace(instance);
  },
  async 'clocks are set'(scene) {
    const off = scene.dice.of([-86_400_000, 86_400_000, -3_600_000, 600_000]);
    for (const instance of scene.fleet.instances) instance.setClock(off);
    await last(scene);
    for (const instance of scene.fleet.instances) instance.setClock(0);
  },
} as const satisfies Readonly<Record<string, Disturbance>>;

export const onFiles = {
  async 'the disk takes no writes'(scene) {
    scene.fleet.setReadOnly(true);
    await last(scene).finally(() => scene.fleet.setReadOnly(false));
  },
  async 'a process is asked to end while the disk takes no writes'(scene) {
    const instance = some(scene);
    scene.fleet.setReadOnly(true);
    try {
      await last(scene);
      await instance.end();
    } finally {
      scene.fleet.setReadOnly(false);
    }
    await scene.fleet.replace(instance);
  },
  async 'the disk is full'(scene) {
    for (const instance of scene.fleet.instances) instance.setDiskFull(true);
    await last(scene);
    for (const instance of scene.fleet.instances) instance.setDiskFull(false);
  },
  async 'a process is asked to end while the disk is full'(scene) {
    const instance = some(scene);
    for (const each of scene.fleet.instances) each.setDiskFull(true);
    await last(scene);
    await instance.end();
    for (const each of scene.fleet.instances) if (each !== instance) each.setDiskFull(false);
    await scene.fleet.replace(instance);
  },
} as const satisfies Readonly<Record<string, Disturbance>>;

export const onPostgres = {
  async 'the database restarts'({ database }) {
    await database?.stop();
    await database?.start();
  },
  async 'the database crashes'(scene) {
    await scene.database?.kill();
    await last(scene);
    await scene.database?.start();
  },
  async 'the database hangs'(scene) {
    scene.database?.freeze();
    await last(scene);
    scene.database?.thaw();
  },
  async 'the database takes no writes'(scene) {
    await scene.database?.setReadOnly(true);
    await last(scene);
    await scene.database?.setReadOnly(false);
  },
  async 'a process is asked to end while the database is out'(scene) {
    const instance = some(scene);
    await scene.database?.stop();
    await last(scene);
    await instance.end();
    await scene.database?.start();
    await scene.fleet.replace(instance);
  },
  async 'a process is asked to end while the database hangs'(scene) {
    const instance = some(scene);
    scene.database?.freeze();
    await last(scene);
    await instance.end();
    scene.database?.thaw();
    await scene.fleet.replace(instance);
  },
} as const satisfies Readonly<Record<string, Disturbance>>;

export const disturbancesFor = (engine: 'embedded' | 'postgres'): Readonly<Record<string, Disturbance>> => ({
  ...onEveryStore,
  ...(engine === 'embedded' ? onFiles : onPostgres),
});
