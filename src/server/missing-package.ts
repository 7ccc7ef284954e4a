/** The package that could not be loaded because it is not installed; undefined when something else went wrong. */
export function missingPackage(cause: unknown): string | undefined {
  if ((cause as { code?: unknown } | null)?.code !== 'ERR_MODULE_NOT_FOUND') return undefined;
  // Files of ours have a path; packages have a name.
  return /^Cannot find package '([^'./][^']*)'/.exec((cause as Error).message)?.[1];
}
