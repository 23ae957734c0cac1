import type { TransferView } from "../../messaging/view.ts";
import { t } from "../../platform/i18n.ts";
import type { MenuItem } from "../../ui/menu.tsx";
import { orders } from "../../ui/transfers/orders.ts";
import { canPause, hasEnded, isConflict } from "../../ui/transfers/transfer-kind.ts";
import { goTo } from "../route.ts";

interface MenuContext {
  /** The list that the transfer stands in. */
  rows: TransferView[];
  index: number;
  onDetails: (row: TransferView) => void;
}

/** Everything that can be done with a transfer. */
export function transferMenu(row: TransferView, { rows, index, onDetails }: MenuContext): MenuItem[] {
  const { id, state, error } = row;
  const items: MenuItem[] = [];
  if (error !== null) items.push({ label: t("what_happened"), icon: "alert", run: () => onDetails(row) });
  if (isConflict(row)) {
    items.push(
      { label: t("keep_both"), icon: "copy", run: () => orders.retry([id], "keep-both") },
      { label: t("replace"), icon: "upload", run: () => orders.retry([id], "replace") },
    );
  } else if (state === "failed" || state === "cancelled" || state === "waiting") {
    items.push({ label: t("retry"), icon: "refresh", run: () => orders.retry([id]) });
  }
  if (canPause(row)) items.push({ label: t("pause"), icon: "pause", run: () => orders.pause([id]) });
  if (state === "paused") items.push({ label: t("resume"), icon: "play", run: () => orders.unpause([id]) });
  if (isQueued(row)) items.push(...moves(rows, index));
  if (state === "done" && row.direction === "upload") {
    items.push({ label: t("show_in_app"), icon: "folder", run: () => showFile(row) });
  }
  items.push(
    hasEnded(row)
      ? { label: t("dismiss_row"), icon: "x", run: () => orders.dismiss([id]) }
      : { label: t("cancel"), icon: "x", danger: true, run: () => orders.cancel([id]) },
  );
  return items;
}

export function showFile({ path }: TransferView): void {
  goTo({ page: "files", prefix: path.slice(0, path.lastIndexOf("/") + 1), file: path });
}

/** Has a place in the queue that can be changed. */
const isQueued = ({ state }: TransferView) => state === "staging" || state === "queued" || state === "paused";

function moves(rows: TransferView[], index: number): MenuItem[] {
  return [
    { label: t("move_top"), icon: "to-top", run: () => moveRow(rows, index, "top") },
    { label: t("move_up"), icon: "arrow-up", run: () => moveRow(rows, index, "up") },
    { label: t("move_down"), icon: "arrow-down", run: () => moveRow(rows, index, "down") },
  ];
}

/** Changes a transfer's place among those that are to come, as they are shown. Nothing happens at the ends. */
export function moveRow(rows: TransferView[], index: number, to: "top" | "up" | "down"): void {
  const row = rows[index];
  if (row === undefined || !isQueued(row)) return;
  const queue = rows.filter(isQueued);
  const place = queue.indexOf(row);
  if (to !== "down") {
    const before = queue[to === "top" ? 0 : place - 1];
    if (before !== undefined && before !== row) orders.move([row.id], before.id);
    return;
  }
  // After the next one is before the one that follows it; at the end there may be others that are not loaded.
  const next = queue[place + 1];
  if (next !== undefined) orders.move([next.id], row.id);
}
