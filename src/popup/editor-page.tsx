import { t } from "../platform/i18n.ts";
import { IconButton } from "../ui/button.tsx";
import { ItemEditor } from "../ui/item-editor/item-editor.tsx";
import type { EditorStart } from "../ui/item-editor/open-editor.ts";

/** The item editor in place of the list. */
export function EditorPage({ start, onClose }: { start: EditorStart; onClose: () => void }) {
  return (
    <main class="page">
      <div class="page-head">
        <IconButton icon="arrow-left" label={t("back")} onClick={onClose} />
        <h1 class="clip">{start.row === null ? t("new_item") : t("edit_item")}</h1>
      </div>
      <ItemEditor start={start} onSaved={onClose} onClose={onClose} />
    </main>
  );
}
