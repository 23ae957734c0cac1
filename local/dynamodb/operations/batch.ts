import { conditionKeys } from "../condition-keys.ts";
import type { Database, JudgedTable } from "../database.ts";
import { validationError } from "../errors.ts";
import { itemSize, maxItemBytes } from "../item-size.ts";
import { leadingKeyOf } from "../key-schema.ts";
import type { Item, JsonObject, Plan, ValidRequest } from "../types.ts";

interface WriteRequest {
  PutRequest?: { Item: Item };
  DeleteRequest?: { Key: Item };
}

interface KeysAndAttributes extends ValidRequest {
  Keys: Item[];
}

/** BatchGetItem: IAM is asked once for each table, with the partition keys of all its entries. */
export function batchGetItem(database: Database, input: JsonObject): Plan {
  const original = structuredClone(input.RequestItems ?? {}) as Record<string, JsonObject>;
  const request = database.validate("BatchGetItem", input);
  const entries = Object.entries((request.RequestItems ?? {}) as Record<string, KeysAndAttributes>);
  const tables = entries.map(([name]) => database.table(name));
  return {
    authorizations: entries.map(([name, entry], index) => ({
      action: "dynamodb:BatchGetItem",
      resource: database.tableArn(name),
      context: {
        ...conditionKeys("BatchGetItem", withKeyNames(entry, entry.Keys)),
        "dynamodb:LeadingKeys": leadingKeys(tables[index], entry.Keys, "Key"),
      },
    })),
    async run() {
      const { result } = await database.run("BatchGetItem", request, tables);
      // dynalite hands unprocessed keys back without their projection; asked again, they would bring whole items.
      const unprocessed = (result.UnprocessedKeys ?? {}) as Record<string, { Keys: Item[] }>;
      for (const [name, { Keys }] of Object.entries(unprocessed)) unprocessed[name] = { ...original[name], Keys };
      return result;
    },
  };
}

/** BatchWriteItem: at most 25 writes; judged like BatchGetItem. */
export function batchWriteItem(database: Database, input: JsonObject): Plan {
  const request = database.validate("BatchWriteItem", input);
  const entries = Object.entries((request.RequestItems ?? {}) as Record<string, WriteRequest[]>);
  checkWrites(entries.flatMap(([, writes]) => writes));
  const tables = entries.map(([name]) => database.table(name));
  const lockNames: string[] = [];
  const authorizations = entries.map(([name, writes], index) => {
    const table = tables[index];
    const puts = writes.flatMap(({ PutRequest }) => (PutRequest ? [PutRequest.Item] : []));
    const deletes = writes.flatMap(({ DeleteRequest }) => (DeleteRequest ? [DeleteRequest.Key] : []));
    const keys = [...leadingKeys(table, puts, "Item"), ...leadingKeys(table, deletes, "Key")];
    if (table) for (const key of [...puts, ...deletes]) lockNames.push(database.lockName(table, key));
    return {
      action: "dynamodb:BatchWriteItem",
      resource: database.tableArn(name),
      context: {
        ...conditionKeys("BatchWriteItem", withKeyNames({ TableName: name }, [...puts, ...deletes])),
        "dynamodb:LeadingKeys": [...new Set(keys)],
      },
    };
  });
  return {
    authorizations,
    run: () =>
      database.withLocks(lockNames, async () => {
        const { result, work } = await database.run("BatchWriteItem", request, tables);
        await database.commit(work.writes);
        return result;
      }),
  };
}

const leadingKeys = (table: JudgedTable | undefined, keys: Item[], kind: "Key" | "Item") => [
  ...new Set(table ? keys.map((key) => leadingKeyOf(table.schema, key, kind)) : []),
];

/** For `dynamodb:Attributes`: the names in all entries, as if they were one key. */
const withKeyNames = (request: ValidRequest, keys: Item[]): ValidRequest => ({
  ...request,
  Key: Object.assign({}, ...keys) as Item,
});

function checkWrites(writes: WriteRequest[]): void {
  if (writes.length > 25) throw validationError("Too many items requested for the BatchWriteItem call");
  for (const { PutRequest, DeleteRequest } of writes) {
    if (Boolean(PutRequest) === Boolean(DeleteRequest))
      throw validationError(
        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
      );
    if (PutRequest && itemSize(PutRequest.Item) > maxItemBytes)
      throw validationError("Item size has exceeded the maximum allowed size");
  }
}
