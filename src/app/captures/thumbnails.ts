/** Small pictures, made by the background when they are looked at. */
export interface Thumbnails {
  /** What is known: a picture, null for none; undefined when it was not asked for yet. */
  known(id: string): Blob | null | undefined;
  /** Calls `show` once it is there; the function returned takes back what is not under way yet. */
  want(id: string, show: (image: Blob | null) => void): () => void;
}

/** At once: who scrolls through thousands wants those in sight. */
const together = 4;
/** Some 10 KB each. */
const mostKept = 500;

export function createThumbnails(load: (id: string) => Promise<Blob | null>): Thumbnails {
  const kept = new Map<string, Blob | null>();
  /** Wanted last, made first: that is what is in sight. */
  const waiting: { id: string; show: (image: Blob | null) => void }[] = [];
  let running = 0;

  const keep = (id: string, image: Blob | null) => {
    kept.delete(id);
    kept.set(id, image);
    const oldest = kept.keys().next();
    if (kept.size > mostKept && !oldest.done) kept.delete(oldest.value);
  };
  const work = async () => {
    running += 1;
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { id, show } = next;
      try {
        const image = await load(id);
        keep(id, image);
        show(image);
      } catch {
        // Without a picture it has its icon; looked at again, it is tried again.
        show(null);
      }
    }
    running -= 1;
  };

  return {
    known: (id) => {
      const image = kept.get(id);
      if (image !== undefined) keep(id, image);
      return image;
    },
    want: (id, show) => {
      const wish = { id, show };
      waiting.push(wish);
      if (running < together) void work();
      return () => {
        const at = waiting.indexOf(wish);
        if (at >= 0) waiting.splice(at, 1);
      };
    },
  };
}
