import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { call } from "../../messaging/client.ts";
import type { ItemRow } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import type { HoldallError } from "../../shared/holdall-error.ts";
import { ErrorPanel } from "../../ui/error-panel.tsx";
import { asHoldallError } from "../../ui/error-text.ts";
import type { ItemEditor } from "../../ui/item-editor/item-editor.tsx";
import { type EditorStart, editorStart } from "../../ui/item-editor/open-editor.ts";
import type { Owner } from "../../ui/state/owner.ts";
import { Details } from "../details.tsx";

interface OpenItemProps {
  owner: Owner;
  target: { sortKey: string } | "new" | null;
  /** Those of the list, where the item most likely is already. */
  rows: ItemRow[];
  onSaved: (row: ItemRow) => void;
  onRestored: () => void;
  onClose: () => void;
}

/** The editor's code comes with the first item that is opened. */
type Ready = EditorStart & { ItemEditor: typeof ItemEditor };

/** The editor of one item. Give it a key per item: it loads once. */
export function OpenItem({ owner, target, rows, onSaved, onRestored, onClose }: OpenItemProps) {
  const start = useSignal<Ready | null>(null);
  const error = useSignal<HoldallError | null>(null);
  useEffect(() => {
    if (target === null) return;
    const row = target === "new" ? Promise.resolve(null) : rowOf(owner, target.sortKey, rows);
    const editor = row.then((found) => editorStart(owner, found));
    Promise.all([editor, import("../../ui/item-editor/item-editor.tsx")]).then(
      ([ready, { ItemEditor }]) => (start.value = { ...ready, ItemEditor }),
      (cause) => (error.value = asHoldallError(cause)),
    );
    // The key stands for owner and target.
  }, []);
  if (target === null || (start.value === null && error.value === null)) return null;
  return (
    <Details title={target === "new" ? t("new_item") : t("edit_item")} onClose={onClose}>
      {error.value && <ErrorPanel error={error.value} />}
      {start.value && (
        <start.value.ItemEditor start={start.value} onSaved={onSaved} onRestored={onRestored} onClose={onClose} />
      )}
    </Details>
  );
}

async function rowOf(owner: Owner, sortKey: string, rows: ItemRow[]): Promise<ItemRow> {
  return rows.find((row) => row.sortKey === sortKey) ?? (await call("items.get", { profile: owner.profile, sortKey }));
}
