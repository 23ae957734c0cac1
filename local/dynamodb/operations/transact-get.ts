import { conditionKeys } from "../condition-keys.ts";
import type { Database } from "../database.ts";
import { validationError } from "../errors.ts";
import { itemSize } from "../item-size.ts";
import { leadingKeyOf } from "../key-schema.ts";
import type { Item, JsonObject, Plan } from "../types.ts";
import { maxTransactionBytes, transactEntries } from "./transact-entries.ts";

/** TransactGetItems: IAM is asked `dynamodb:GetItem` for each entry; all items are read while none can be written. */
export function transactGetItems(database: Database, input: JsonObject): Plan {
  const reads = transactEntries(input.TransactItems, ["Get"]).map((entry) => {
    const request = database.validate("GetItem", entry.input);
    const table = database.table(request.TableName);
    const key = request.Key ?? {};
    return { request, table, leadingKey: leadingKeyOf(table.schema, key, "Key"), lock: database.lockName(table, key) };
  });
  const locks = reads.map(({ lock }) => lock);
  if (new Set(locks).size < locks.length)
    throw validationError("Transaction request cannot include multiple operations on one item");
  return {
    authorizations: reads.map(({ request, leadingKey }) => ({
      action: "dynamodb:GetItem",
      resource: database.tableArn(request.TableName),
      context: {
        ...conditionKeys("GetItem", request),
        "dynamodb:LeadingKeys": [leadingKey],
        "dynamodb:EnclosingOperation": "TransactGetItems",
      },
    })),
    run: () =>
      database.withLocks(locks, async () => {
        const Responses: JsonObject[] = [];
        let bytes = 0;
        for (const { request, table } of reads) {
          const { result } = await database.run("GetItem", request, [table]);
          bytes += itemSize((result.Item ?? {}) as Item);
          Responses.push(result.Item ? { Item: result.Item } : {});
        }
        if (bytes > maxTransactionBytes)
          throw validationError("Collection size of items in a single TransactGetItems request exceeded 4 MB");
        return { Responses };
      }),
  };
}
