import type { ItemRow } from "../../messaging/view.ts";
import { type Draft, readDraft } from "../state/drafts.ts";
import type { Owner } from "../state/owner.ts";
import { wholeRow } from "../storage/whole-row.ts";

/** What an editor begins with. */
export interface EditorStart {
  owner: Owner;
  /** Null for a new item. */
  row: ItemRow | null;
  /** What was typed before and not saved. */
  draft: Draft | null;
}

/** Looks for a draft first, so that the editor opens with what it will show. */
export async function editorStart(owner: Owner, row: ItemRow | null): Promise<EditorStart> {
  // A draft that cannot be read is not shown; writing the next one will say so.
  const draft = await readDraft(owner, row?.sortKey ?? null).catch(() => null);
  return { owner, row: row === null ? null : await wholeRow(owner, row), draft };
}
