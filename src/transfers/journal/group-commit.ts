/**
 * Many changes, few transactions: what changes while one is being written goes out together with the next. A transaction costs
 * the same for one record as for hundreds.
 */
export interface GroupCommit {
  /** Resolves when a write that began after this call, and contains `id`, has succeeded. Rejects with its error. */
  include(id: string): Promise<void>;
  /** Resolves when nothing is being written any more, whether or not it succeeded. */
  idle(): Promise<void>;
}

/** @param write what has changed; never called while an earlier call is under way */
export function createGroupCommit(write: (ids: string[]) => Promise<void>): GroupCommit {
  let changed = new Set<string>();
  let next: Promise<void> | null = null;
  let current: Promise<unknown> = Promise.resolve();

  async function commit(before: Promise<unknown>): Promise<void> {
    await before.catch(() => undefined);
    const ids = changed;
    changed = new Set();
    next = null;
    try {
      await write([...ids]);
    } catch (error) {
      // With the next one: what is on disk must not stay behind for ever.
      for (const id of ids) changed.add(id);
      throw error;
    }
  }

  return {
    include: (id) => {
      changed.add(id);
      if (next === null) {
        next = commit(current);
        current = next;
      }
      return next;
    },
    idle: () => current.then(nothing, nothing),
  };
}

function nothing(): void {}
