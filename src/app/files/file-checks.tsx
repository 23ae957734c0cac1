import { t } from "../../platform/i18n.ts";
import { baseName } from "../../ui/format/file-kind.ts";
import type { RowChecks } from "../../ui/row-list.tsx";
import { type FileEntry, pathOf } from "./file-entry.ts";
import type { Selection } from "./file-selection.ts";

/** Choosing rows of the list: by their boxes, Ctrl or Shift with a click, Space, Shift with an arrow, Ctrl+A; Escape ends it. */
export function fileChecks(selection: Selection, entries: FileEntry[], onDelete: () => void): RowChecks<FileEntry> {
  const order = entries.map(pathOf);
  const isChecked = (entry: FileEntry) => selection.keys.value.has(pathOf(entry));
  const choose = (entry: FileEntry, range: boolean) =>
    range ? selection.extend(pathOf(entry), order) : selection.toggle(pathOf(entry));
  return {
    heading: t("column_chosen"),
    isChecked,
    box: (entry) => (
      <input
        type="checkbox"
        class="check"
        tabIndex={-1}
        aria-label={t("select_name", baseName(pathOf(entry)))}
        checked={isChecked(entry)}
        onClick={(event) => {
          event.stopPropagation();
          choose(entry, event.shiftKey);
        }}
      />
    ),
    onClick: (event, entry) => {
      if (!event.shiftKey && !event.ctrlKey && !event.metaKey) return false;
      choose(entry, event.shiftKey);
      return true;
    },
    onKey: (event, entry, next) => onKey(event, { entry, next, selection, order, onDelete }),
  };
}

interface KeyContext {
  entry: FileEntry;
  next: (step: 1 | -1) => FileEntry | null;
  selection: Selection;
  order: string[];
  onDelete: () => void;
}

/** True when the key meant the choice. */
function onKey(event: KeyboardEvent, { entry, next, selection, order, onDelete }: KeyContext): boolean {
  const { key, shiftKey, ctrlKey, metaKey } = event;
  if (key === " ") selection.toggle(pathOf(entry));
  else if ((ctrlKey || metaKey) && key.toLowerCase() === "a") selection.all(order);
  else if (key === "Escape" && selection.keys.value.size > 0) selection.clear();
  else if (key === "Delete" && selection.keys.value.has(pathOf(entry))) onDelete();
  else if (shiftKey && (key === "ArrowDown" || key === "ArrowUp")) {
    if (!selection.keys.value.has(pathOf(entry))) selection.toggle(pathOf(entry));
    const other = next(key === "ArrowDown" ? 1 : -1);
    if (other !== null) selection.extend(pathOf(other), order);
    // The list goes there as well.
    return false;
  } else return false;
  return true;
}
