/** Only guards against hanging, just below the test's own limit, so that the message is seen: no test is decided by it. */
const GUARD_MS = 55_000;

/** Waits until a condition holds, which is read once per frame, however long a busy machine needs. */
export async function waitUntil(
  condition: () => unknown,
  message = 'the condition never held',
): Promise<void> {
  const end = performance.now() + GUARD_MS;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(message);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}
