import { conditionKeys } from "../condition-keys.ts";
import { type Database, FailedRun, type JudgedTable } from "../database.ts";
import { DynamoDbError, validationError } from "../errors.ts";
import { itemSize, maxItemBytes } from "../item-size.ts";
import { leadingKeyOf } from "../key-schema.ts";
import type { Item, JsonObject, Plan, ValidRequest } from "../types.ts";

export type WriteOperation = "PutItem" | "UpdateItem" | "DeleteItem";

/** One validated write, judged by its key. */
export interface Write {
  operation: WriteOperation;
  request: ValidRequest;
  table: JudgedTable;
  key: Item;
  leadingKey: string;
  /** `ReturnValuesOnConditionCheckFailure` is `ALL_OLD`. */
  showsItemOnFailure: boolean;
}

/** PutItem, UpdateItem or DeleteItem. */
export function writeItem(operation: WriteOperation, database: Database, input: JsonObject): Plan {
  const write = validateWrite(operation, database, input);
  const { request, table, leadingKey } = write;
  return {
    authorizations: [
      {
        action: `dynamodb:${operation}`,
        resource: database.tableArn(request.TableName),
        context: { ...conditionKeys(operation, request), "dynamodb:LeadingKeys": [leadingKey] },
      },
    ],
    run: () =>
      database.withLocks([database.lockName(table, write.key)], async () => {
        const { result, work } = await database.run(operation, request, [table]).catch((failure) => {
          throw conditionFailure(failure, write);
        });
        await database.commit(work.writes);
        return result;
      }),
  };
}

/** Throws ValidationException or SerializationException. */
export function validateWrite(operation: WriteOperation, database: Database, input: JsonObject): Write {
  const showsItemOnFailure = returnsItemOnFailure(input);
  const request = database.validate(operation, input);
  const table = database.table(request.TableName);
  const key = request.Item ?? request.Key ?? {};
  const leadingKey = leadingKeyOf(table.schema, key, request.Item ? "Item" : "Key");
  if (request.Item && itemSize(request.Item) > maxItemBytes)
    throw validationError("Item size has exceeded the maximum allowed size");
  // Counted for the limit on nesting.
  itemSize(request.ExpressionAttributeValues ?? {});
  return { operation, request, table, key, leadingKey, showsItemOnFailure };
}

/** dynalite does not know `ReturnValuesOnConditionCheckFailure`. */
function returnsItemOnFailure(input: JsonObject): boolean {
  const value = input.ReturnValuesOnConditionCheckFailure ?? "NONE";
  if (value === "ALL_OLD" || value === "NONE") return value === "ALL_OLD";
  throw validationError(
    `1 validation error detected: Value '${String(value)}' at 'returnValuesOnConditionCheckFailure' failed to satisfy constraint: Member must satisfy enum value set: [ALL_OLD, NONE]`,
  );
}

function conditionFailure(failure: unknown, write: Write): unknown {
  if (!(failure instanceof FailedRun)) return failure;
  const { cause, previous } = failure;
  const isCondition = cause instanceof DynamoDbError && cause.code === "ConditionalCheckFailedException";
  if (!isCondition || !write.showsItemOnFailure || !previous) return cause;
  return new DynamoDbError(cause.code, cause.message, { Item: previous });
}
