import type { ItemRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { asHoldallError } from "../error-text.ts";
import { type Draft, readDraft } from "../state/drafts.ts";
import type { Owner } from "../state/owner.ts";
import { showToast } from "../state/toasts.ts";
import type { ItemEditor } from "./item-editor.tsx";

/** What an editor begins with. */
export interface EditorStart {
  owner: Owner;
  /** Null for a new item. */
  row: ItemRow | null;
  /** What was typed before and not saved. */
  draft: Draft | null;
  Editor: typeof ItemEditor;
}

/** The editor's code is a third of the popup: it comes after the first paint. */
const loadEditor = () => import("./item-editor.tsx");

/** Fetches the editor's code while nothing else is to be done, so that opening one does not wait. */
export function preloadEditor(): void {
  // A failure shows when an editor is opened.
  setTimeout(() => void loadEditor().catch(() => null), 500);
}

/** Code and draft first, so that the editor opens with what it will show; null, and said, when it cannot be opened. */
export async function editorStart(owner: Owner, row: ItemRow | null): Promise<EditorStart | null> {
  try {
    const [{ ItemEditor: Editor }, draft] = await Promise.all([loadEditor(), readDraft(owner, row?.sortKey ?? null)]);
    return { owner, row, draft, Editor };
  } catch (error) {
    showToast(t("editor_not_opened"), { error: asHoldallError(error) });
    return null;
  }
}
