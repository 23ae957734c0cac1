import type { Heartbeat } from "./heartbeat.ts";

/** Things of this page that end with it, such as a chosen File: while there are any, the heartbeat keeps the background up. */
export interface HeldUntil<T> {
  get(id: string): T | undefined;
  set(id: string, thing: T): void;
  delete(id: string): void;
  ids(): string[];
}

export function createHeldUntil<T>(heartbeat: Heartbeat): HeldUntil<T> {
  const things = new Map<string, { thing: T; release: () => void }>();
  const remove = (id: string) => {
    things.get(id)?.release();
    things.delete(id);
  };
  return {
    get: (id) => things.get(id)?.thing,
    set: (id, thing) => {
      remove(id);
      things.set(id, { thing, release: heartbeat.hold() });
    },
    delete: remove,
    ids: () => [...things.keys()],
  };
}
