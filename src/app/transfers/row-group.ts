import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";

export type RowGroup = "needs" | "moving" | "waiting" | "queue" | "ended";

/** The part of the list that a transfer stands in: the background's order never goes back to an earlier one. */
export function groupOf(row: TransferView): RowGroup {
  switch (row.state) {
    case "failed":
      return "needs";
    case "running":
    case "verifying":
      return "moving";
    case "waiting":
      return row.waitsFor === "network" || row.waitsFor === null ? "waiting" : "needs";
    case "staging":
    case "queued":
    case "paused":
      return "queue";
    default:
      return "ended";
  }
}

export function groupName(group: RowGroup): string {
  switch (group) {
    case "needs":
      return t("group_needs");
    case "moving":
      return t("group_moving");
    case "waiting":
      return t("group_waiting");
    case "queue":
      return t("group_queue");
    case "ended":
      return t("group_ended");
  }
}
