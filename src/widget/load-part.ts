const LIMIT_MS = 20_000;

/** Fetches a part, and remembers what it has fetched. */
interface Loader<Part> {
  (): Promise<Part>;
  promised?: Promise<Part> | undefined;
}

/**
 * Fetches one of our own lazy parts. What has come is there for the next widget in the same frame, which an `import()`
 * of a module that has been loaded before is not in every browser. A part that does not come within 20 s counts as
 * failed; the next call asks again, since a failure is never remembered here.
 */
export const loadPart = <Part>(load: Loader<Part>): Promise<Part> =>
  (load.promised ??= Promise.race([
    load(),
    new Promise<never>((_, reject) => {
      setTimeout(reject, LIMIT_MS, 'Part is late');
    }),
  ]).catch((cause: unknown) => {
    load.promised = undefined;
    throw cause;
  }));
