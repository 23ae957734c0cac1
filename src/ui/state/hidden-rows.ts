import { signal } from "@preact/signals";
import type { FileRow, ItemRow } from "../../messaging/view.ts";

/** Rows that a person deleted and that a list may still hold: they vanish at once and come back when it fails or is undone. */
const hidden = signal<ReadonlySet<string>>(new Set());

/** The version is part of it: the same name, written anew, is another row. */
export const fileRowId = (row: FileRow) => `file ${row.etag} ${row.path}`;
export const itemRowId = (row: ItemRow) => `item ${JSON.stringify(row.attributes)} ${row.sortKey}`;

export function hideRow(id: string): void {
  hidden.value = new Set(hidden.value).add(id);
}

export function showRow(id: string): void {
  hidden.value = new Set([...hidden.value].filter((other) => other !== id));
}

export function shownFiles(rows: FileRow[]): FileRow[] {
  return hidden.value.size === 0 ? rows : rows.filter((row) => !hidden.value.has(fileRowId(row)));
}

export function shownItems(rows: ItemRow[]): ItemRow[] {
  return hidden.value.size === 0 ? rows : rows.filter((row) => !hidden.value.has(itemRowId(row)));
}
