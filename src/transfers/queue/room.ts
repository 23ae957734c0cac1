/** How much the journal may still take, counting what is being copied and is in no estimate yet. */

/** Milliseconds that an estimate is good for. */
const fresh = 2000;
/** Bytes left free: for records, and for what else the browser keeps. */
const margin = 32 * 1024 ** 2;

export interface Room {
  /** True when there is room for so many bytes, which then are kept free until `give`. */
  take(bytes: number): Promise<boolean>;
  /** So many of those are written, or will not be: the next estimate knows. */
  give(bytes: number): void;
}

/** @param ask bytes that the journal may still take */
export function createRoom(ask: () => Promise<number>, now: () => number): Room {
  let estimate: Promise<number> | null = null;
  let at = Number.NEGATIVE_INFINITY;
  let taken = 0;
  /** Given since the estimate was asked for. */
  let given = 0;

  function estimated(): Promise<number> {
    if (estimate === null || now() - at > fresh) {
      at = now();
      given = 0;
      // An estimate that fails is none: the write itself will tell.
      estimate = ask().catch(() => Number.POSITIVE_INFINITY);
    }
    return estimate;
  }

  return {
    take: async (bytes) => {
      const fits = (free: number) => taken + given + bytes + margin <= free;
      let enough = fits(await estimated());
      if (!enough && given > 0) {
        at = Number.NEGATIVE_INFINITY;
        enough = fits(await estimated());
      }
      if (enough) taken += bytes;
      return enough;
    },
    give: (bytes) => {
      taken -= bytes;
      given += bytes;
    },
  };
}
