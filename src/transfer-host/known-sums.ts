import type { Digest } from "../transfers/host/host-link.ts";

/** The digests of staged ranges that were asked for while their source is held: they need not be read once more to be compared. */
export interface KnownSums {
  note(transferId: string, start: number, digest: Digest): void;
  get(transferId: string, start: number): Digest | undefined;
  /** What begins within the range is about to be written anew. */
  forget(transferId: string, range: { start: number; end: number }): void;
  drop(transferId: string): void;
}

export function createKnownSums(): KnownSums {
  const sums = new Map<string, Map<number, Digest>>();
  return {
    note: (id, start, digest) => {
      const known = sums.get(id) ?? new Map<number, Digest>();
      sums.set(id, known.set(start, digest));
    },
    get: (id, start) => sums.get(id)?.get(start),
    forget: (id, range) => {
      const known = sums.get(id);
      for (const start of known?.keys() ?? []) if (start >= range.start && start < range.end) known?.delete(start);
    },
    drop: (id) => void sums.delete(id),
  };
}
