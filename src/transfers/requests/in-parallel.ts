import type { Run } from "../run.ts";

/**
 * Does `work` for every item, at most `width` of them at once. After a failure none is begun; those under way may end their
 * requests, so that what they fetched is kept, and then the first failure is thrown.
 * @param work `patience` is the run as retries see it: its signal is aborted by a failure too
 */
export async function inParallel<T>(
  run: Run,
  items: Iterable<T>,
  width: number,
  work: (item: T, patience: Run) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const failures: unknown[] = [];
  const patience: Run = { ...run, signal: AbortSignal.any([run.signal, failed.signal]) };
  const rest = items[Symbol.iterator]();

  async function worker(): Promise<void> {
    while (!patience.signal.aborted) {
      const next = rest.next();
      if (next.done) return;
      try {
        await work(next.value, patience);
      } catch (error) {
        failures.push(error);
        failed.abort();
      }
    }
  }

  await Promise.all(Array.from({ length: width }, worker));
  if (failures.length > 0) throw failures[0];
  run.signal.throwIfAborted();
}
