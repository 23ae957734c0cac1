import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { ItemRow } from "../../messaging/view.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Profile } from "../../shared/profile.ts";
import type { ErrorContext } from "../error-context.ts";
import { hostOf } from "../host-of.ts";
import type { Sender } from "../sender.ts";
import { decodeItem, type SdkItem } from "./attribute-codec.ts";

/** One person's part of the table: what each item command needs. */
export interface ItemTable {
  profile: Profile;
  /** The partition key's value: the identity, or that of a connected site's own items. */
  partition: string;
  client: () => DynamoDBClient;
  send: Sender;
}

/** The full primary key of an item. */
export function keyOf({ profile, partition }: ItemTable, sortKey: string): SdkItem {
  return { [profile.table.partitionKey]: { S: partition }, [profile.table.sortKey]: { S: sortKey } };
}

/** @throws HoldallError `table-keys` when the item has no such sort key, or one that is not a string */
export function rowOf({ profile }: ItemTable, item: SdkItem): ItemRow {
  const { partitionKey, sortKey } = profile.table;
  const { [partitionKey]: _, [sortKey]: key, ...attributes } = item;
  if (key?.S === undefined)
    throw new HoldallError("table-keys", { subs: [partitionKey, sortKey], service: "dynamodb" });
  return { sortKey: key.S, attributes: decodeItem(attributes) };
}

/** @param operation the API's name, which is also the IAM action's */
export function contextOf({ profile }: ItemTable, operation: string): ErrorContext {
  return {
    service: "dynamodb",
    action: `dynamodb:${operation}`,
    resource: `table/${profile.table.name}`,
    host: hostOf("dynamodb", profile),
    region: profile.region,
    table: profile.table,
  };
}
