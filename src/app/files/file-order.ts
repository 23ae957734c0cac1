import { language } from "../../platform/i18n.ts";
import { baseName } from "../../ui/format/file-kind.ts";
import { type FileEntry, pathOf } from "./file-entry.ts";

export type FileColumn = "name" | "size" | "modified";

export interface FileOrder {
  by: FileColumn;
  /** Z to A, the largest or the newest first. */
  down: boolean;
}

export const byName: FileOrder = { by: "name", down: false };

/** What a press on a column's heading asks for: the other way round, or what one looks for in the column: large ones, new ones. */
export function orderAfter(order: FileOrder, by: FileColumn): FileOrder {
  return { by, down: by === order.by ? !order.down : by !== "name" };
}

/** Folders first; they have a name alone, and by size or date stay in its order. Files that are alike otherwise go by name. */
export function ordered(entries: FileEntry[], { by, down }: FileOrder): FileEntry[] {
  const { compare } = new Intl.Collator(language(), { numeric: true });
  const sign = down ? -1 : 1;
  const byPath = (a: string, b: string) => compare(baseName(a), baseName(b)) || (a < b ? -1 : a > b ? 1 : 0);
  const order = (a: FileEntry, b: FileEntry): number => {
    if ("folder" in a !== "folder" in b) return "folder" in a ? -1 : 1;
    const names = () => byPath(pathOf(a), pathOf(b));
    if (by === "name") return sign * names();
    if ("folder" in a || "folder" in b) return names();
    const difference = by === "size" ? a.file.size - b.file.size : a.file.modifiedAt - b.file.modifiedAt;
    // Comparing names costs ten times as much.
    return sign * difference || names();
  };
  return entries.toSorted(order);
}

/** Those whose names hold every word of `text`, whatever the case and however accents are written. */
export function named(entries: FileEntry[], text: string): FileEntry[] {
  const words = plain(text).split(/\s+/).filter(Boolean);
  if (words.length === 0) return entries;
  return entries.filter((entry) => {
    const name = plain(baseName(pathOf(entry)));
    return words.every((word) => name.includes(word));
  });
}

/** One form for what looks the same: macOS writes names in another one than most. */
const plain = (text: string) => text.normalize("NFC").toLowerCase();
