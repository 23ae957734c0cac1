import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { ItemRow } from "../../messaging/view.ts";
import type { Attributes } from "../../shared/attribute-value.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { checkSortKey, isReservedSortKey } from "../keys.ts";
import { encodeItem } from "./attribute-codec.ts";
import { checkItem } from "./check-item.ts";
import { attributeUpdates, deleteExpressions, expected, updateExpressions } from "./expressions.ts";
import { contextOf, type ItemTable, keyOf, rowOf } from "./item-table.ts";
import { sameAttributes } from "./same-value.ts";
import { isApplied, newItem, planUpdate } from "./write-plan.ts";
import { written } from "./written.ts";

export interface SaveItemInput {
  sortKey: string;
  attributes: Attributes;
  /** The attributes the editor started from; null for a new item. */
  basis: Attributes | null;
}

/**
 * Writes an item while it is as the editor saw it (see write-plan.ts).
 * @returns the row as it is written, `rev` included
 * @throws HoldallError `item-conflict` (with `facts.current`: ItemRow, or null when the item is gone), `item-key-reserved`
 *   and what `checkItem` throws, before sending; else what `mapAwsError` makes of AWS's errors
 */
export async function saveItem(table: ItemTable, { sortKey, attributes, basis }: SaveItemInput): Promise<ItemRow> {
  if (isReservedSortKey(sortKey)) throw new HoldallError("item-key-reserved");
  if (basis === null) return createItem(table, sortKey, newItem(attributes));
  return updateItem(table, { sortKey, attributes, basis });
}

/**
 * Writes an item that is there, under whatever key, while it is as `basis` says.
 * @throws HoldallError as `saveItem`, without `item-key-reserved`
 */
export async function updateItem(
  table: ItemTable,
  { sortKey, attributes, basis }: SaveItemInput & { basis: Attributes },
): Promise<ItemRow> {
  const plan = planUpdate(basis, attributes);
  checkItem(table.partition, sortKey, plan.result, table.profile.table);
  const { name, partitionKey } = table.profile.table;
  const expressions = updateExpressions(plan, partitionKey);
  const command = new UpdateItemCommand({
    TableName: name,
    Key: keyOf(table, sortKey),
    ...(expressions === null
      ? {
          Expected: expected(partitionKey, plan.unchanged, plan.absent),
          AttributeUpdates: attributeUpdates(plan),
        }
      : expressions),
    // Not the plan's result: attributes that others added stay, and the editor goes on from what is there.
    ReturnValues: "ALL_NEW",
  });
  let answer: ItemRow | null = null;
  const current = await written(table, sortKey, {
    write: async () => {
      const send = () => table.client().send(command);
      const { Attributes: item } = await table.send(contextOf(table, "UpdateItem"), send);
      answer = item === undefined ? null : rowOf(table, item);
    },
    isDone: (row) => row !== null && isApplied(plan, row.attributes),
  });
  return current ?? answer ?? { sortKey, attributes: plan.result };
}

/**
 * Writes an item under a key that is free. The same item again is no conflict: the write is done either way.
 * @throws HoldallError as `saveItem`, without `item-key-reserved`
 */
export async function createItem(table: ItemTable, sortKey: string, attributes: Attributes): Promise<ItemRow> {
  const { name, partitionKey } = table.profile.table;
  checkItem(table.partition, sortKey, attributes, table.profile.table);
  const command = new PutItemCommand({
    TableName: name,
    Item: { ...encodeItem(attributes), ...keyOf(table, sortKey) },
    ConditionExpression: "attribute_not_exists(#0)",
    ExpressionAttributeNames: { "#0": partitionKey },
  });
  await written(table, sortKey, {
    write: () => table.send(contextOf(table, "PutItem"), () => table.client().send(command)),
    isDone: (row) => row !== null && sameAttributes(row.attributes, attributes),
  });
  return { sortKey, attributes };
}

/**
 * Deletes the version in `basis`. An item that is gone already is no error: it is what was wanted.
 * @throws HoldallError `item-conflict` with `facts.current`, and what `mapAwsError` makes of AWS's errors
 */
export async function deleteItem(table: ItemTable, input: { sortKey: string; basis: Attributes }): Promise<void> {
  const { sortKey, basis } = input;
  checkSortKey(sortKey);
  const { name, partitionKey } = table.profile.table;
  const command = new DeleteItemCommand({
    TableName: name,
    Key: keyOf(table, sortKey),
    ...(deleteExpressions(partitionKey, basis) ?? { Expected: expected(partitionKey, basis, []) }),
  });
  await written(table, sortKey, {
    write: () => table.send(contextOf(table, "DeleteItem"), () => table.client().send(command)),
    isDone: (row) => row === null,
  });
}
