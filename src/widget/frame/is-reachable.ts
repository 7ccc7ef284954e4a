/**
 * Whether anything answers at this address: an opaque request fails only when nothing does. That is quicker than any
 * time limit and tells a dead host from a slow page. A request that this page's own policy forbids tells nothing and
 * counts as reachable, as does one that was aborted.
 */
export async function isReachable(address: string, stopped: AbortSignal): Promise<boolean> {
  let forbidden = false;
  const onViolation = (): void => {
    forbidden = true;
  };
  document.addEventListener('securitypolicyviolation', onViolation);
  try {
    await fetch(address, {
      method: 'HEAD',
      mode: 'no-cors',
      credentials: 'omit',
      cache: 'no-store',
      signal: stopped,
    });
    return true;
  } catch {
    // The violation event of a request that was refused right away comes as a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    return forbidden || stopped.aborted;
  } finally {
    document.removeEventListener('securitypolicyviolation', onViolation);
  }
}
