import { sessionArea } from "../../platform/storage.ts";
import type { Attributes } from "../../shared/attribute-value.ts";
import type { Notation } from "../item-json/item-text.ts";
import type { Owner } from "./owner.ts";

/** What was typed and not saved. Lives in memory only, under `draft/<profile>/…`, which signing out wipes. */
export interface Draft {
  /** Only shown to the identity that typed it. */
  identity: string;
  /** The item being edited; null for a new one. */
  original: string | null;
  sortKey: string;
  text: string;
  notation: Notation;
  /** The version the editing started from, `rev` included. */
  basis: Attributes | null;
}

const prefix = (owner: Owner) => `draft/${owner.profile}/`;

/** `=` before the sort key: a new item's draft and an item with an empty-looking key never meet. */
const keyOf = (owner: Owner, original: string | null) =>
  `${prefix(owner)}${original === null ? "new" : `=${original}`}`;

function isDraft(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && "identity" in value && "text" in value;
}

export async function readDraft(owner: Owner, original: string | null): Promise<Draft | null> {
  const value = await sessionArea.get(keyOf(owner, original));
  return isDraft(value) && value.identity === owner.identity ? value : null;
}

export async function writeDraft(owner: Owner, draft: Draft): Promise<void> {
  await sessionArea.set(keyOf(owner, draft.original), draft);
}

export async function removeDraft(owner: Owner, original: string | null): Promise<void> {
  await sessionArea.remove(keyOf(owner, original));
}

/** Every draft of this person, for the hint that there is something unsaved. */
export async function listDrafts(owner: Owner): Promise<Draft[]> {
  const all = await sessionArea.getAll();
  return Object.entries(all).flatMap(([key, value]) =>
    key.startsWith(prefix(owner)) && isDraft(value) && value.identity === owner.identity ? [value] : [],
  );
}
