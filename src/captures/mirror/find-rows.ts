import type { CaptureRow } from "../../messaging/captures-view.ts";
import type { MirrorDatabase } from "./mirror-database.ts";
import type { Label } from "./mirror-row.ts";

/** The newest rows with a label. */
export async function findRows(database: MirrorDatabase, label: Label, limit: number): Promise<CaptureRow[]> {
  // Arrays sort behind all else.
  const range = IDBKeyRange.bound(label, [...label, []]);
  const found = await database.read((db) => db.getAllFromIndex("rows", "labels", range, limit));
  return found.map(({ row }) => row);
}
