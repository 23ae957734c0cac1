import type { MirrorDatabase } from "./mirror-database.ts";

export interface StoredThumbnail {
  /** ULID of the capture. */
  id: string;
  /** Not a Blob: browsers keep each of those in a file of its own. */
  bytes: ArrayBuffer;
  /** Media type. */
  type: string;
  /** When it was stored, milliseconds since the epoch. */
  at: number;
}

/** Of some 10 KB each. */
export const mostThumbnails = 2000;
/** So many go at once, so that not each new one has to make room. */
const room = 100;

export async function readThumbnail(database: MirrorDatabase, id: string): Promise<Blob | null> {
  const stored = await database.read((db) => db.get("thumbnails", id));
  return stored === undefined ? null : new Blob([stored.bytes], { type: stored.type });
}

/** @param at milliseconds since the epoch */
export async function writeThumbnail(database: MirrorDatabase, id: string, image: Blob, at: number): Promise<void> {
  const bytes = await image.arrayBuffer();
  await database.change(async (tx) => {
    const store = tx.objectStore("thumbnails");
    await store.put({ id, bytes, type: image.type, at });
    const count = await store.count();
    if (count <= mostThumbnails) return;
    const oldest = await store.index("at").getAllKeys(null, count - mostThumbnails + room);
    await Promise.all(oldest.map((key) => store.delete(key)));
  });
}
