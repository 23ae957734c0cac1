/**
 * Items by version, as connected sites write them: whole or by attribute, each by one conditional request that also tells what
 * was there before. The version is the attribute `rev`; a new one is never one that the item had.
 */
import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { ItemRow } from "../../messaging/view.ts";
import type { Attributes } from "../../shared/attribute-value.ts";
import { checkSortKey } from "../keys.ts";
import { encodeItem, type SdkItem } from "./attribute-codec.ts";
import { checkItem, checkNotKeys } from "./check-item.ts";
import { attributeUpdates, expected, type Placeholders, placeholders, updateExpression } from "./expressions.ts";
import { contextOf, type ItemTable, keyOf, rowOf } from "./item-table.ts";
import { readItem } from "./read-item.ts";
import { unversioned, versionOf } from "./version-of.ts";
import { revisionName } from "./write-plan.ts";
import { written } from "./written.ts";

/** What has to be there for a write to happen: a version, null for nothing, undefined for whatever there is. */
export type ItemMatch = string | null | undefined;

export interface ItemWritten {
  /** Attributes before, null when there was no item; "unknown" when the answer that told them was lost. */
  before: Attributes | null | "unknown";
  /** Attributes now, `rev` among them; null after a deletion. */
  after: Attributes | null;
}

/** All reject with HoldallError `item-conflict`, with `facts.current`, when the item is not the one that was to be there. */
export interface ItemVersions {
  read(sortKey: string): Promise<ItemRow | null>;
  put(sortKey: string, attributes: Attributes, match: ItemMatch): Promise<ItemWritten>;
  /** Sets and removes attributes and leaves the others; writes an item when there is none. */
  update(sortKey: string, change: { set: Attributes; remove: string[] }, match: ItemMatch): Promise<ItemWritten>;
  delete(sortKey: string, match: string | undefined): Promise<ItemWritten>;
}

export function itemVersions(table: ItemTable): ItemVersions {
  const { name: TableName, partitionKey } = table.profile.table;

  function condition(use: Placeholders, match: ItemMatch): { ConditionExpression?: string } {
    if (match === undefined) return {};
    // DynamoDB refuses placeholders that nothing uses.
    if (match === null) return { ConditionExpression: `attribute_not_exists(${use.name(partitionKey)})` };
    if (match === unversioned) {
      const [key, rev] = [use.name(partitionKey), use.name(revisionName)];
      return { ConditionExpression: `attribute_exists(${key}) AND attribute_not_exists(${rev})` };
    }
    return { ConditionExpression: `${use.name(revisionName)}=${use.value({ N: match })}` };
  }

  /** For an update of too many attributes: the two forms cannot be mixed. */
  function olderCondition(match: ItemMatch): { Expected?: ReturnType<typeof expected> } {
    if (match === undefined) return {};
    if (match === null) return { Expected: { [partitionKey]: { ComparisonOperator: "NULL" } } };
    if (match === unversioned) return { Expected: expected(partitionKey, {}, [revisionName]) };
    return { Expected: expected(partitionKey, { [revisionName]: { N: match } }, []) };
  }

  const attributesOf = (item: SdkItem | undefined) => (item === undefined ? null : rowOf(table, item).attributes);

  /**
   * @param isDone told by what is there, when the answer was lost
   * @returns `readBack`: whether it was, and then found done
   */
  async function run(
    sortKey: string,
    operation: string,
    send: () => Promise<{ Attributes?: SdkItem | undefined; $metadata: { attempts?: number | undefined } }>,
    isDone: (row: ItemRow | null) => boolean,
  ): Promise<
    { before: Attributes | null; attempts: number; readBack: false } | { row: ItemRow | null; readBack: true }
  > {
    const told: { before: Attributes | null; attempts: number } = { before: null, attempts: 1 };
    let row: ItemRow | null = null;
    let readBack = false;
    await written(table, sortKey, {
      write: async () => {
        const { Attributes: old, $metadata } = await table.send(contextOf(table, operation), send);
        told.before = attributesOf(old);
        told.attempts = $metadata.attempts ?? 1;
      },
      isDone: (current) => {
        row = current;
        readBack = isDone(current);
        return readBack;
      },
    });
    return readBack ? { row, readBack } : { ...told, readBack: false };
  }

  /** A request that went out again after its first answer was lost is told its own write as what was before. */
  const toldBefore = (before: Attributes | null, own: Attributes) =>
    before !== null && versionOf(before) === versionOf(own) ? "unknown" : before;

  return {
    read: (sortKey) => readItem(table, sortKey),
    async put(sortKey, attributes, match) {
      const after = { ...attributes, [revisionName]: { N: newVersion() } };
      checkItem(table.partition, sortKey, after, table.profile.table);
      const use = placeholders();
      const command = new PutItemCommand({
        TableName,
        Item: { ...encodeItem(after), ...keyOf(table, sortKey) },
        ...condition(use, match),
        ...use.used(),
        ReturnValues: "ALL_OLD",
      });
      const done = await run(
        sortKey,
        "PutItem",
        () => table.client().send(command),
        (row) => row !== null && versionOf(row.attributes) === versionOf(after),
      );
      return { before: done.readBack ? "unknown" : toldBefore(done.before, after), after };
    },
    async update(sortKey, { set, remove }, match) {
      const written = { ...set, [revisionName]: { N: newVersion() } };
      checkItem(table.partition, sortKey, written, table.profile.table);
      checkNotKeys(remove, table.profile.table);
      const gone = remove.filter((name) => !Object.hasOwn(written, name));
      const use = placeholders();
      const update = updateExpression(use, { set: written, remove: gone });
      const command = new UpdateItemCommand({
        TableName,
        Key: keyOf(table, sortKey),
        ...(update === null
          ? { AttributeUpdates: attributeUpdates({ set: written, remove: gone }), ...olderCondition(match) }
          : { UpdateExpression: update, ...condition(use, match), ...use.used() }),
        ReturnValues: "ALL_OLD",
      });
      const done = await run(
        sortKey,
        "UpdateItem",
        () => table.client().send(command),
        (row) => row !== null && versionOf(row.attributes) === versionOf(written),
      );
      if (done.readBack) return { before: "unknown", after: done.row?.attributes ?? written };
      const kept = Object.entries(done.before ?? {}).filter(([name]) => !gone.includes(name));
      return { before: toldBefore(done.before, written), after: { ...Object.fromEntries(kept), ...written } };
    },
    async delete(sortKey, match) {
      checkSortKey(sortKey);
      const use = placeholders();
      const command = new DeleteItemCommand({
        TableName,
        Key: keyOf(table, sortKey),
        ...condition(use, match),
        ...use.used(),
        ReturnValues: "ALL_OLD",
      });
      const send = () => table.client().send(command);
      const done = await run(sortKey, "DeleteItem", send, (row) => row === null);
      // The first of several may have deleted it.
      const isKnown = !done.readBack && (done.before !== null || done.attempts === 1);
      return { before: isKnown ? done.before : "unknown", after: null };
    },
  };
}

/** By time, so that it grows, and by chance: two devices in the same millisecond differ. A whole number below 2^53. */
function newVersion(): string {
  const [chance = 0] = crypto.getRandomValues(new Uint16Array(1));
  return String(Date.now() * 1024 + (chance & 1023));
}
