import { signal } from "@preact/signals";
import type { FileRow, ItemRow } from "../../messaging/view.ts";
import { currentOwner } from "./owner.ts";

/**
 * Rows that a person deleted and that a list may still hold: they vanish at once and come back when it fails or is undone.
 * With each the moment (milliseconds of `performance.now`) when the service had deleted it; Infinity until then.
 */
const hidden = signal<ReadonlyMap<string, number>>(new Map());

currentOwner.subscribe(() => {
  hidden.value = new Map();
});

/** Version and date are part of it: the same name, written anew, is another row. */
export const fileRowId = (row: FileRow) => `file ${row.etag} ${row.modifiedAt} ${row.path}`;
export const folderRowId = (path: string) => `folder ${path}`;
export const itemRowId = (row: ItemRow) => `item ${JSON.stringify(row.attributes)} ${row.sortKey}`;

/** Hides a row; once the service has deleted it call it again with the moment. */
export function hideRow(id: string, deletedAt = Number.POSITIVE_INFINITY): void {
  hidden.value = new Map(hidden.value).set(id, deletedAt);
}

/** The same for several at once. */
export function hideRows(ids: string[], deletedAt = Number.POSITIVE_INFINITY): void {
  hidden.value = new Map([...hidden.value, ...ids.map((id) => [id, deletedAt] as const)]);
}

export function showRow(id: string): void {
  showRows([id]);
}

export function showRows(ids: string[]): void {
  const shown = new Set(ids);
  hidden.value = new Map([...hidden.value].filter(([id]) => !shown.has(id)));
}

/** A list that was asked for at `askedAt` is the truth about what had been deleted before. */
export function trustList(askedAt: number): void {
  if (hidden.value.size > 0) hidden.value = new Map([...hidden.value].filter(([, deletedAt]) => deletedAt > askedAt));
}

export function shownFiles(rows: FileRow[]): FileRow[] {
  return hidden.value.size === 0 ? rows : rows.filter((row) => !hidden.value.has(fileRowId(row)));
}

export function isFolderShown(path: string): boolean {
  return !hidden.value.has(folderRowId(path));
}

export function shownItems(rows: ItemRow[]): ItemRow[] {
  return hidden.value.size === 0 ? rows : rows.filter((row) => !hidden.value.has(itemRowId(row)));
}
