/** Edits of Holdall's own items, which the person's editor may not touch. */
import type { ItemRow } from "../../messaging/view.ts";
import type { Attributes } from "../../shared/attribute-value.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { isReservedSortKey } from "../keys.ts";
import type { ItemTable } from "./item-table.ts";
import { own } from "./same-value.ts";
import { deleteItem, updateItem } from "./write-item.ts";

export interface SaveIndexItemInput {
  sortKey: string;
  attributes: Attributes;
  /** The attributes that the edit started from: `rev` and what is changed have to be as in it. */
  basis: Attributes;
}

/**
 * @returns the row as it is written, `rev` counted on
 * @throws HoldallError `item-missing` when it is gone, `item-conflict` with `facts.current`, what `checkItem` throws, before
 *   sending, and what `mapAwsError` makes of AWS's errors
 */
export async function saveIndexItem(table: ItemTable, input: SaveIndexItemInput): Promise<ItemRow> {
  checkReserved(input.sortKey);
  try {
    return await updateItem(table, input);
  } catch (error) {
    const gone = error instanceof HoldallError && error.code === "item-conflict" && error.facts.current === null;
    throw gone ? new HoldallError("item-missing", {}, { cause: error }) : error;
  }
}

/**
 * Deletes the version that has the `rev` of `basis`, whatever else it holds by now. One that is gone already is no error.
 * @throws HoldallError `item-conflict` with `facts.current`, and what `mapAwsError` makes of AWS's errors
 */
export async function deleteIndexItem(
  table: ItemTable,
  { sortKey, basis }: { sortKey: string; basis: Attributes },
): Promise<void> {
  checkReserved(sortKey);
  const rev = own(basis, "rev");
  await deleteItem(table, { sortKey, basis: rev === undefined ? basis : { rev } });
}

function checkReserved(sortKey: string): void {
  if (!isReservedSortKey(sortKey)) throw new HoldallError("internal", { subs: ["an item of the person's own"] });
}
