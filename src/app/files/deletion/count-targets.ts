import type { Output } from "../../../messaging/protocol.ts";
import type { FileRow } from "../../../messaging/view.ts";
import { type FileEntry, filesOf } from "../file-entry.ts";

/** One object as it was counted: only that version of it is deleted. */
export interface Target {
  path: string;
  etag: string;
}

export interface Count {
  /** Without markers, the objects that consoles put where a folder should be. */
  files: number;
  bytes: number;
}

export interface Counted extends Count {
  /** Files first: of a deletion that ends early the folders stay with what is left in them. */
  targets: Target[];
  /** The path of what was written last; null when there is nothing. */
  newest: string | null;
}

export interface Counting {
  /** A page of all that lies below a folder, with its markers. */
  list: (folder: string, cursor: string | undefined) => Promise<Output<"files.list">>;
  onCount: (count: Count) => void;
  /** False: what is under way is dropped. */
  isWanted: () => boolean;
}

export const isMarker = (path: string) => path.endsWith("/");

/**
 * All that lies in the chosen folders, page by page, and the files that are chosen beside them. Of each only path and version
 * are kept. Null when it is not wanted any more.
 * @throws HoldallError what `list` throws
 */
export async function countTargets(
  entries: FileEntry[],
  { list, onCount, isWanted }: Counting,
): Promise<Counted | null> {
  const files: Target[] = [];
  const markers: Target[] = [];
  let bytes = 0;
  let newest: FileRow | null = null;
  const take = (row: FileRow) => {
    (isMarker(row.path) ? markers : files).push({ path: row.path, etag: row.etag });
    bytes += row.size;
    if (newest === null || row.modifiedAt > newest.modifiedAt) newest = row;
  };
  for (const row of filesOf(entries)) take(row);
  for (const entry of entries) {
    if (!("folder" in entry)) continue;
    let cursor: string | undefined;
    do {
      const page = await list(entry.folder, cursor);
      if (!isWanted()) return null;
      for (const row of page.files) take(row);
      onCount({ files: files.length, bytes });
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
  }
  // What lies deeper goes first.
  const targets = files.concat(markers.reverse());
  // TypeScript does not follow what `take` assigns.
  return { targets, files: files.length, bytes, newest: (newest as FileRow | null)?.path ?? null };
}
