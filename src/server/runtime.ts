import type { Meter } from '@opentelemetry/api';
import type { Settings } from './options.js';
import type { Store } from './store/store.js';

/** Content codings that answers are sent with. */
export type Encoding = 'br' | 'gzip';

/** Compress within the call: done once for all clients. A runtime without them leaves it to the network in front. */
export type Packers = Readonly<Partial<Record<Encoding, (text: string) => Uint8Array<ArrayBuffer>>>>;

/** Gives null where it would be more than `max` bytes. Rejects where it is not packed so. */
export type Unpack = (
  packed: Uint8Array<ArrayBuffer>,
  max: number,
) => Promise<Uint8Array<ArrayBuffer> | null>;

/** SHA-256 of bytes that come in parts, or HMAC-SHA-256. */
export interface Digest {
  update(part: Uint8Array<ArrayBuffer>): unknown;
  digest(): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
}

/** Sends a request to the API of a scheduling service. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

export interface Connections {
  readonly send: Send;
  close(): Promise<void>;
}

/** A file that the package comes with, as it is sent. */
export interface PackageFile {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly brotli?: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

/** Everything that the companion needs and that no standard of the web gives: what it runs on hands it in. */
export interface Runtime {
  /** Rejects in words of the options. */
  openStore(
    settings: Pick<Settings, 'data' | 'database' | 'now'>,
    warn: (what: string, cause: unknown) => void,
  ): Promise<Store>;
  openConnections(): Connections;
  readonly packers: Packers;
  /** With a secret, HMAC. `crypto.subtle` takes bytes as a whole, which for large ones holds the thread. */
  openDigest(secret?: string): Digest;
  /** By content coding. */
  readonly unpackers: Readonly<Record<string, Unpack>>;
  /** A file of the built widget by its path in `dist`; null where it is not. */
  widgetFile(path: string): Promise<PackageFile | null>;
  /** A file of the dashboard. Rejects where it should be and is not. */
  dashboardFile(name: string): Promise<PackageFile>;
  /** Adds figures of the process to those of the companion. */
  figures(meter: Meter): { stop(): void };
}
