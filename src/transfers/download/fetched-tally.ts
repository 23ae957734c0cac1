import type { Run } from "../run.ts";

/** Milliseconds between two writes of how much is there: the segments themselves are on disk, this is only what is shown. */
const interval = 1000;

export interface FetchedTally {
  /** So many more bytes are in the journal. */
  add(bytes: number): Promise<void>;
  /** All are there. */
  end(): Promise<void>;
}

/**
 * Journals how much of a download is there, not for each of thousands of segments.
 * @param start bytes that are there already
 * @param about size and version as the server told them
 */
export async function createTally(
  run: Run,
  start: number,
  about: { size: number; etag: string | null },
): Promise<FetchedTally> {
  let bytes = start;
  let last = run.deps.now();
  const note = () => run.apply({ type: "fetched", bytes, ...about });
  await note();
  return {
    add: async (more) => {
      bytes += more;
      if (run.deps.now() - last < interval) return;
      last = run.deps.now();
      await note();
    },
    end: note,
  };
}
