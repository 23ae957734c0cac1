import { t } from "../../../platform/i18n.ts";
import { errorText } from "../../../ui/error-text.ts";
import { count } from "../../../ui/format/count.ts";
import { baseName } from "../../../ui/format/file-kind.ts";
import { type FileEntry, filesOf, pathOf } from "../file-entry.ts";
import type { Deletion } from "./deletions.ts";
import type { Failure } from "./run-all.ts";

export const nFiles = (number: number) => (number === 1 ? t("one_file") : t("n_files", count(number)));

const nFolders = (number: number) => (number === 1 ? t("one_folder") : t("n_folders", count(number)));

/** `2 files, 1 folder`. */
export function countsOf(entries: FileEntry[]): string {
  const files = filesOf(entries).length;
  const folders = entries.length - files;
  return [...(files > 0 ? [nFiles(files)] : []), ...(folders > 0 ? [nFolders(folders)] : [])].join(", ");
}

/** A folder by its name, several things by their number. */
export function nameOf(entries: FileEntry[]): string {
  const [first, ...others] = entries;
  return first !== undefined && others.length === 0 ? baseName(pathOf(first)) : countsOf(entries);
}

/** How far it is, or what became of it. */
export function stateOf({ doing, done, files, ending }: Deletion): string {
  const [some, all] = [count(done), count(files)];
  if (doing === "restore") {
    if (ending === null) return t("deletion_restoring", some, all);
    return done === files ? t("deletion_restored", nFiles(done)) : t("deletion_restored_part", some, all);
  }
  if (ending === null) return t("deletion_running", some, all);
  if (ending.how === "cancelled") return t("deletion_cancelled", some, all);
  if (ending.how === "halted") return t("deletion_halted", some, all);
  return done === files ? t("deletion_done", nFiles(done)) : t("deletion_part", some, all);
}

/** How many of it failed, and what it said of the first. */
export function failureText({ number, error }: Failure, doing: Deletion["doing"]): string {
  const { what } = errorText(error);
  return doing === "delete"
    ? t("deletion_failed", nFiles(number), what)
    : t("deletion_not_restored", nFiles(number), what);
}
