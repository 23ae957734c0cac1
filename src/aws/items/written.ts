import type { ItemRow } from "../../messaging/view.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { ItemTable } from "./item-table.ts";
import { readItem } from "./read-item.ts";

/** No answer, or a 5xx: the write may have happened or not. */
const unsure = new Set(["offline", "unreachable", "timeout", "service-unavailable"]);

/**
 * Runs a conditional write and, when its outcome is in doubt, reads back. A write whose answer was lost and that went out
 * again fails by its own first success, so a refused condition means nothing until it is known what is there now.
 * @param attempt.isDone whether the item, or its absence, is what the write was to bring about
 * @returns the item as it was read back; null when the write was answered
 * @throws HoldallError `item-conflict` with `facts.current`, else what `write` threw
 */
export async function written(
  table: ItemTable,
  sortKey: string,
  attempt: { write(): Promise<unknown>; isDone(current: ItemRow | null): boolean },
): Promise<ItemRow | null> {
  try {
    await attempt.write();
    return null;
  } catch (error) {
    if (!(error instanceof HoldallError)) throw error;
    const conflict = error.code === "item-conflict";
    if (!conflict && !unsure.has(error.code)) throw error;
    const current = await readBack(table, sortKey, error);
    if (attempt.isDone(current)) return current;
    throw conflict ? new HoldallError("item-conflict", { ...error.facts, current }, { cause: error }) : error;
  }
}

/** When reading back fails as well, a doubtful write stays as doubtful as it was. */
async function readBack(table: ItemTable, sortKey: string, failure: HoldallError): Promise<ItemRow | null> {
  try {
    return await readItem(table, sortKey);
  } catch (error) {
    throw failure.code === "item-conflict" ? error : failure;
  }
}
