import type { Storage } from "../aws/create-storage.ts";
import type { FileRow } from "../messaging/view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { safeFileName, splitEnding } from "../shared/safe-file-name.ts";
import { memberNames } from "../transfers/download/zip/member-names.ts";
import type { ArchiveEntry } from "../transfers/record.ts";

/** Objects that one zip may hold. */
export const mostEntries = 10_000;

/** Files of one folder that are asked for one by one: of more, the folder's listing knows them sooner. */
const mostHeads = 16;

type Files = Pick<Storage["files"], "list" | "head">;
type Entry = Omit<ArchiveEntry, "segment">;

export interface ArchiveInput {
  /** The folder that the paths lie in: "" or ending with a slash. */
  prefix: string;
  /** Files, and folders, which end with a slash ("" for all there is). */
  paths: string[];
}

/**
 * What a zip of these files and folders holds, as they are now, and what it is called.
 * @param now milliseconds since the epoch, for the name
 * @throws HoldallError `archive-too-large`, `archive-empty`, `file-missing`, and what listings throw
 */
export async function archiveEntries(
  files: Files,
  { prefix, paths }: ArchiveInput,
  now = Date.now(),
): Promise<{ name: string; entries: Entry[] }> {
  const found = new Map<string, FileRow>();
  const take = (row: FileRow) => {
    found.set(row.path, row);
    if (found.size > mostEntries) {
      throw new HoldallError("archive-too-large", { subs: [`${mostEntries}+`, String(mostEntries)] });
    }
  };
  for (const folder of outermost(paths.filter(isFolder))) {
    await eachFile(files, { prefix: folder, flat: true }, take);
  }
  const single = new Set(paths.filter((path) => !isFolder(path) && !found.has(path)));
  for (const [folder, wanted] of groupByFolder(single)) await takeFiles(files, folder, wanted, take);
  const rows = dropMarkers([...found.values()]);
  if (rows.length === 0) throw new HoldallError("archive-empty");
  const names = memberNames(rows.map((row) => inside(row, prefix)));
  const entries = rows.map(({ path, size, etag, modifiedAt }, index) => {
    return { path, name: names[index] ?? path, size, etag, modifiedAt };
  });
  return { name: nameOf(paths, now), entries };
}

function isFolder(path: string): boolean {
  return path === "" || path.endsWith("/");
}

/** Without folders that lie in one of the others. */
function outermost(folders: string[]): string[] {
  const kept: string[] = [];
  for (const folder of [...new Set(folders)].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !folder.startsWith(last)) kept.push(folder);
  }
  return kept;
}

async function eachFile(files: Files, query: Parameters<Files["list"]>[0], take: (row: FileRow) => void) {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Files["list"]>> = await files.list({ ...query, cursor });
    for (const row of page.files) take(row);
    cursor = page.cursor;
  } while (cursor !== null);
}

function groupByFolder(paths: Iterable<string>): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>();
  for (const path of paths) {
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    groups.set(folder, (groups.get(folder) ?? new Set()).add(path));
  }
  return groups;
}

async function takeFiles(
  files: Files,
  folder: string,
  wanted: Set<string>,
  take: (row: FileRow) => void,
): Promise<void> {
  if (wanted.size <= mostHeads) {
    for (const row of await Promise.all([...wanted].map((path) => files.head(path)))) take(row);
    return;
  }
  const left = new Set(wanted);
  await eachFile(files, { prefix: folder }, (row) => {
    if (left.delete(row.path)) take(row);
  });
  const [gone] = left;
  if (gone !== undefined) throw new HoldallError("file-missing", { subs: [gone] });
}

/** Consoles mark folders by empty objects: those of folders that hold something say nothing. */
function dropMarkers(rows: FileRow[]): FileRow[] {
  const filled = new Set<string>();
  for (const { path } of rows) {
    for (let slash = path.indexOf("/"); slash !== -1 && slash < path.length - 1; slash = path.indexOf("/", slash + 1)) {
      filled.add(path.slice(0, slash + 1));
    }
  }
  return rows.filter(({ path, size }) => size > 0 || !filled.has(path));
}

/** Inside the zip. An object with bytes whose key ends with a slash has to become a file. */
function inside({ path, size }: FileRow, prefix: string): string {
  const name = path.startsWith(prefix) ? path.slice(prefix.length) : path;
  return size > 0 && isFolder(name) ? `${name}file` : name;
}

/** `photos.zip` for one folder or file, `Holdall 2026-11-20.zip` (the day here) for several. */
function nameOf(paths: string[], now: number): string {
  const [only = ""] = paths;
  const last = only.replace(/\/+$/, "").split("/").at(-1) ?? "";
  if (paths.length === 1 && last !== "") {
    return `${safeFileName(isFolder(only) ? last : splitEnding(last).stem, "files")}.zip`;
  }
  const at = new Date(now);
  const two = (value: number) => String(value).padStart(2, "0");
  return `Holdall ${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}.zip`;
}
