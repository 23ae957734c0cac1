/** What a line of the ledger says. */
import type { LedgerRow } from "../../messaging/sites-view.ts";
import { t } from "../../platform/i18n.ts";
import type { IconName } from "../../ui/icon-paths.ts";

/** In the person's words; a method that is not known here is told by its name. */
export function methodWord(method: string): string {
  switch (method) {
    case "items.get":
      return t("method_items_get");
    case "items.put":
      return t("method_items_put");
    case "items.update":
      return t("method_items_update");
    case "items.delete":
      return t("method_items_delete");
    case "items.query":
      return t("method_items_query");
    case "files.get":
      return t("method_files_get");
    case "files.put":
      return t("method_files_put");
    case "files.delete":
      return t("method_files_delete");
    case "files.list":
      return t("method_files_list");
    case "files.head":
      return t("method_files_head");
    default:
      return method;
  }
}

export function methodIcon(method: string): IconName {
  if (/\.delete$/.test(method)) return "trash";
  return method.startsWith("files.") ? "file" : "item";
}

function isWrite({ method }: Pick<LedgerRow, "method">): boolean {
  return /\.(?:put|update|delete)$/.test(method);
}

/** How it ended, where that is not as it should be. */
export function outcomeWord(outcome: LedgerRow["outcome"]): string {
  if (outcome === "done") return "";
  return outcome === "refused" ? t("ledger_refused") : t("ledger_failed");
}

/** Why a write cannot be undone; nothing where there is nothing to say. */
export function undoWord(undo: LedgerRow["undo"]): string {
  switch (undo) {
    case "undone":
      return t("ledger_undone");
    case "too-old":
      return t("ledger_too_old");
    case "no-versions":
    case "unknown":
      return t("ledger_no_versions");
    case "deleted":
      return t("ledger_deleted");
    case "too-large":
      return t("ledger_too_large");
    default:
      return "";
  }
}

export type LedgerFilter = "all" | "writes" | "problems";

export function matches(row: LedgerRow, filter: LedgerFilter, text: string): boolean {
  if (filter === "writes" && !isWrite(row)) return false;
  if (filter === "problems" && row.outcome === "done") return false;
  const line = [row.name, row.origin, row.method, methodWord(row.method)].join(" ").toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => line.includes(word));
}
