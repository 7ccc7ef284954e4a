const LIMIT_MS = 20_000;

/**
 * Fetches one of our own lazy parts. A part that does not come within 20 s counts as failed; the next call asks again,
 * since a failure is never remembered here.
 */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error('A part is late'));
    }, LIMIT_MS);
  });
  try {
    return await Promise.race([load(), late]);
  } finally {
    clearTimeout(timer);
  }
}
