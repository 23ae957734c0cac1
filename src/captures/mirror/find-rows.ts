import type { CaptureRow } from "../../messaging/captures-view.ts";
import type { MirrorDatabase } from "./mirror-database.ts";
import { type Label, labelKey } from "./mirror-row.ts";

/** The newest rows with a label. */
export async function findRows(database: MirrorDatabase, label: Label, limit: number): Promise<CaptureRow[]> {
  const found = await database.read((db) => db.getAllFromIndex("rows", "labels", labelKey(label), limit));
  return found.map(({ row }) => row);
}
