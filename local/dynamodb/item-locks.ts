/**
 * Exclusive locks on items, first come, first served. A caller that needs several gets them all or waits:
 * keys are taken in sorted order, so two transactions cannot wait for each other.
 */
export class ItemLocks {
  readonly #tails = new Map<string, Promise<void>>();

  /** Runs `work` while no other work holds any of `keys`. */
  async hold<T>(keys: string[], work: () => Promise<T>): Promise<T> {
    const releases: (() => void)[] = [];
    try {
      for (const key of [...new Set(keys)].sort()) releases.push(await this.#acquire(key));
      return await work();
    } finally {
      for (const release of releases) release();
    }
  }

  async #acquire(key: string): Promise<() => void> {
    const before = this.#tails.get(key);
    const { promise, resolve } = settleable();
    const tail = before ? before.then(() => promise) : promise;
    this.#tails.set(key, tail);
    await before;
    return () => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key);
      resolve();
    };
  }
}

function settleable() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
