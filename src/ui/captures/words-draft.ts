import { sessionArea } from "../../platform/storage.ts";
import { isCurrent, type Owner } from "../state/owner.ts";

/** The person's words about a capture. */
export interface Words {
  tags: string[];
  note: string;
}

/** With the drafts of items, which signing out wipes (state/drafts.ts). */
const keyOf = (owner: Owner, id: string) => `draft/${owner.profile}/capture/${id}`;

/** What was typed about a capture and is not written yet; null when there is nothing, or it is somebody else's. */
export async function readWordsDraft(owner: Owner, id: string): Promise<Words | null> {
  const kept = await sessionArea.get(keyOf(owner, id));
  if (typeof kept !== "object" || kept === null || !("identity" in kept) || kept.identity !== owner.identity)
    return null;
  const { tags, note } = kept as unknown as Words;
  return { tags, note };
}

export async function keepWordsDraft(owner: Owner, id: string, { tags, note }: Words): Promise<void> {
  // Signing out has wiped the drafts: none is written after it.
  if (isCurrent(owner)) await sessionArea.set(keyOf(owner, id), { identity: owner.identity, tags, note });
}

export async function dropWordsDraft(owner: Owner, id: string): Promise<void> {
  await sessionArea.remove(keyOf(owner, id));
}
