import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { ItemRow } from "../../messaging/view.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { checkSortKey } from "../keys.ts";
import { contextOf, type ItemTable, keyOf, rowOf } from "./item-table.ts";

/** The item as it is now, read consistently; null when there is none. */
export async function readItem(table: ItemTable, sortKey: string): Promise<ItemRow | null> {
  checkSortKey(sortKey);
  const command = new GetItemCommand({
    TableName: table.profile.table.name,
    Key: keyOf(table, sortKey),
    ConsistentRead: true,
  });
  const { Item } = await table.send(contextOf(table, "GetItem"), () => table.client().send(command));
  return Item === undefined ? null : rowOf(table, Item);
}

/** @throws HoldallError `item-missing` */
export async function getItem(table: ItemTable, sortKey: string): Promise<ItemRow> {
  const row = await readItem(table, sortKey);
  if (row === null) throw new HoldallError("item-missing");
  return row;
}
