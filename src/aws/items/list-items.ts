import { QueryCommand } from "@aws-sdk/client-dynamodb";
import type { ItemRow } from "../../messaging/view.ts";
import { base64UrlOf, bytesOfBase64Url } from "../../shared/base64.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { hostOf } from "../host-of.ts";
import { checkSortKey } from "../keys.ts";
import { placeholders } from "./expressions.ts";
import { contextOf, type ItemTable, keyOf, rowOf } from "./item-table.ts";
import { sortKeyCondition } from "./sort-key-condition.ts";

export interface ListItemsInput {
  /** From the page before. */
  cursor?: string | null | undefined;
  /** Only sort keys that begin so. */
  prefix?: string | undefined;
  /** Only sort keys that lie behind this one, which begins with `prefix` unless that is "". */
  after?: string | undefined;
  descending?: boolean | undefined;
  /** Items a page; a page holds fewer when 1 MB is reached first. */
  limit?: number | undefined;
}

const pageSize = 100;
/** A page may be empty though more follow; after this many the caller gets an empty page and a cursor. */
const mostEmptyPages = 10;

/**
 * One page of the person's items in sort-key order, read consistently, so that what was just saved is there.
 * @throws HoldallError `message-invalid` for a cursor that is not one, and what `mapAwsError` makes of AWS's errors
 */
export async function listItems(
  table: ItemTable,
  input: ListItemsInput = {},
): Promise<{ items: ItemRow[]; cursor: string | null }> {
  const { name, partitionKey, sortKey } = table.profile.table;
  const { prefix = "", after = "", descending = false, limit = pageSize } = input;
  if (prefix !== "") checkSortKey(prefix);
  if (after !== "") checkSortKey(after);
  let start = input.cursor ? keyOf(table, readCursor(input.cursor)) : undefined;
  for (let page = 1; ; page++) {
    const use = placeholders();
    const own = `${use.name(partitionKey)}=${use.value({ S: table.partition })}`;
    const range = sortKeyCondition(use, sortKey, prefix, after);
    const command = new QueryCommand({
      TableName: name,
      KeyConditionExpression: range === null ? own : `${own} AND ${range}`,
      ...use.used(),
      ScanIndexForward: !descending,
      ConsistentRead: true,
      Limit: limit,
      ...(start !== undefined && { ExclusiveStartKey: start }),
    });
    const answer = await table.send(contextOf(table, "Query"), () => table.client().send(command));
    if (answer.Items === undefined) {
      throw new HoldallError("not-aws", { subs: [hostOf("dynamodb", table.profile)], service: "dynamodb" });
    }
    start = answer.LastEvaluatedKey;
    if (answer.Items.length > 0 || start === undefined || page === mostEmptyPages) {
      const last = start?.[sortKey]?.S;
      return {
        // BETWEEN includes its bounds.
        items: answer.Items.map((item) => rowOf(table, item)).filter((row) => after === "" || row.sortKey !== after),
        cursor: last === undefined ? null : writeCursor(last),
      };
    }
  }
}

/** Opaque to callers. The partition is not in it: a cursor can only ever lead on in the person's own. */
export function writeCursor(sortKey: string): string {
  return base64UrlOf(new TextEncoder().encode(JSON.stringify(sortKey)));
}

/** @throws HoldallError `message-invalid` */
export function readCursor(cursor: string): string {
  try {
    const sortKey: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytesOfBase64Url(cursor)));
    if (typeof sortKey === "string" && sortKey !== "") return sortKey;
  } catch {
    // Falls through: whatever is wrong with it, it is not one of ours.
  }
  throw new HoldallError("message-invalid", { subs: ["cursor"], detail: "cursor" });
}
