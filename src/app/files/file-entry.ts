import type { FileRow } from "../../messaging/view.ts";

/** A folder's path ends with a slash. */
export type FileEntry = { folder: string } | { file: FileRow };

export const pathOf = (entry: FileEntry) => ("folder" in entry ? entry.folder : entry.file.path);

export const filesOf = (entries: FileEntry[]) => entries.flatMap((entry) => ("file" in entry ? [entry.file] : []));
