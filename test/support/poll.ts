/**
 * Asks again until the answer is truthy.
 *
 * @param what named in the error
 * @param ask may throw while things are not ready: the last error is the cause of the time-out
 * @param timeout milliseconds
 */
export async function poll<T>(
  what: string,
  ask: () => T | Promise<T>,
  timeout = 15_000,
): Promise<Exclude<T, false | null | undefined>> {
  const end = performance.now() + timeout;
  let cause: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== false && answer !== null && answer !== undefined) {
        return answer as Exclude<T, false | null | undefined>;
      }
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (performance.now() < end);
  throw new Error(`Waited ${timeout} ms in vain: ${what}`, { cause });
}
