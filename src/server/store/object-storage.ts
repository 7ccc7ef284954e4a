/** What a Durable Object has as `ctx.storage`, as far as it is used here: SQLite of its own. */
export interface ObjectStorage {
  readonly sql: {
    exec(
      sql: string,
      ...parameters: unknown[]
    ): { toArray(): Record<string, unknown>[]; readonly rowsWritten: number };
  };
  /** What is executed until the work has ended is written as a whole, or not at all where it was rolled back. */
  transaction<Result>(work: (transaction: { rollback(): void }) => Promise<Result>): Promise<Result>;
  /** Fulfilled when everything that was written is on disks. */
  sync(): Promise<void>;
}
