import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import { needsPerson } from "../../ui/transfers/transfer-kind.ts";

export type RowGroup = "needs" | "moving" | "waiting" | "queue" | "paused" | "ended";

/** The part of the list that a transfer stands in. */
export function groupOf(row: TransferView): RowGroup {
  if (needsPerson(row)) return "needs";
  switch (row.state) {
    case "running":
    case "verifying":
      return "moving";
    case "waiting":
      return "waiting";
    case "paused":
      return "paused";
    case "staging":
    case "queued":
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
    case "paused":
      return t("group_paused");
    case "ended":
      return t("group_ended");
  }
}
