/**
 * Small files that were copied into the journal and are about to be sent: to read one back takes as long as a third of its
 * request. Nothing depends on them; whatever is not here is in the journal.
 */
export interface FreshBytes {
  /** Keeps what was copied, in place of what was kept before, unless there is too much already. */
  keep(transferId: string, bytes: ArrayBuffer): void;
  get(transferId: string): ArrayBuffer | undefined;
  drop(transferId: string): void;
}

/** Bytes of one, and of all. A request takes a larger body faster as a Blob. */
const largest = 128 * 1024;
const most = 16 * 1024 ** 2;
/** Milliseconds after which one that was not sent (paused, waiting) makes room for another. */
const patience = 60_000;

export function createFreshBytes(now: () => number = Date.now): FreshBytes {
  const all = new Map<string, { bytes: ArrayBuffer; at: number }>();
  let size = 0;

  function drop(id: string): void {
    size -= all.get(id)?.bytes.byteLength ?? 0;
    all.delete(id);
  }

  return {
    keep: (id, bytes) => {
      drop(id);
      if (bytes.byteLength > largest) return;
      for (const [old, { at }] of all) {
        // The oldest are sent next: the others are not kept at their cost.
        if (size + bytes.byteLength <= most || now() - at < patience) break;
        drop(old);
      }
      if (size + bytes.byteLength > most) return;
      all.set(id, { bytes, at: now() });
      size += bytes.byteLength;
    },
    get: (id) => all.get(id)?.bytes,
    drop,
  };
}
