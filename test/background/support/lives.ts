import { AsyncLocalStorage } from "node:async_hooks";

export interface Lives {
  /** Ends the life before and runs what starts the next one. */
  begin<T>(start: () => T): T;
  /** The function, but nothing comes of it, ever, when a life that has ended calls it. */
  mortal<Input extends unknown[], Output>(work: (...input: Input) => Promise<Output>): typeof work;
}

/**
 * Lives of the background. A browser ends a worker with all that it has under way; in Node that would go on, and what it keeps
 * late would lie over what the next life has kept.
 */
export function createLives(): Lives {
  const life = new AsyncLocalStorage<object>();
  let current: object = {};
  return {
    begin(start) {
      current = {};
      return life.run(current, start);
    },
    mortal:
      (work) =>
      (...input) =>
        (life.getStore() ?? current) === current ? work(...input) : new Promise(() => {}),
  };
}
