import type { TransferView } from "../../messaging/view.ts";
import { openMenu } from "../../ui/menu.tsx";
import { moveInside, rowKey } from "../../ui/row-keys.ts";
import { orders } from "../../ui/transfers/orders.ts";
import { canPause, hasEnded } from "../../ui/transfers/transfer-kind.ts";
import { moveRow, showFile, transferMenu } from "./transfer-menu.ts";

interface KeyContext {
  focusRow: (index: number) => void;
  onDetails: (row: TransferView) => void;
}

/**
 * Keys in the list of transfers: those of every list, Space pauses and resumes, Alt with an arrow moves in the queue, Delete
 * takes what has ended off the list. Nothing is cancelled by a single key: that would be a slip away.
 */
export function transferKey(event: KeyboardEvent, rows: TransferView[], { focusRow, onDetails }: KeyContext): void {
  if (!(event.target instanceof HTMLElement)) return;
  const element = event.target.closest<HTMLElement>("[data-index]");
  const index = Number(element?.dataset.index ?? Number.NaN);
  const row = rows[index];
  if (element === null || row === undefined) return;
  const onRow = event.target === element;
  if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    moveRow(rows, index, event.key === "ArrowUp" ? "up" : "down");
    return;
  }
  if (onRow && event.key === " ") {
    event.preventDefault();
    if (row.state === "paused") orders.unpause([row.id]);
    else if (canPause(row)) orders.pause([row.id]);
    return;
  }
  const names = rows.map(({ name }) => name);
  const key = rowKey(event, index, names);
  if (key === null || (key.to === "open" && !onRow)) return;
  event.preventDefault();
  if (key.to === "row") focusRow(key.index);
  else if (key.to === "inside") moveInside(element, event.target, key.step);
  else if (key.to === "menu") openMenu(element, row.name, transferMenu(row, { rows, index, onDetails }));
  else if (key.to === "open") open(row, onDetails);
  else if (hasEnded(row)) {
    // The row goes: the next one, or the one before, takes the focus first.
    focusRow(index + 1 < rows.length ? index + 1 : index - 1);
    orders.dismiss([row.id]);
  }
}

function open(row: TransferView, onDetails: (row: TransferView) => void): void {
  if (row.error !== null) onDetails(row);
  else if (row.state === "done" && row.direction === "upload") showFile(row);
}
