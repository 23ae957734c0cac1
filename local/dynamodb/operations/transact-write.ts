import { createHash } from "node:crypto";
import type { Authorization } from "../../service.ts";
import { conditionKeys } from "../condition-keys.ts";
import { type Database, FailedRun } from "../database.ts";
import type { LevelOperation } from "../dynalite.ts";
import { DynamoDbError, validationError } from "../errors.ts";
import type { IdempotencyTokens } from "../idempotency-tokens.ts";
import { itemSize } from "../item-size.ts";
import type { Item, JsonObject, Plan } from "../types.ts";
import { maxTransactionBytes, type TransactEntry, transactEntries } from "./transact-entries.ts";
import { validateWrite, type Write, type WriteOperation } from "./write-item.ts";

const operations: Record<string, WriteOperation> = {
  Put: "PutItem",
  Update: "UpdateItem",
  Delete: "DeleteItem",
  // Carried out as a deletion whose write is not kept: the same key, the same evaluation of the condition.
  ConditionCheck: "DeleteItem",
};

interface TransactWrite extends Write {
  kind: string;
}

/**
 * TransactWriteItems: every condition is evaluated while all the items are locked; then everything is stored as one
 * atomic batch, together with the client token that makes a repetition harmless.
 *
 * Throws TransactionCanceledException, IdempotentParameterMismatchException, ValidationException.
 */
export function transactWriteItems(
  database: Database,
  input: JsonObject,
  tokens: IdempotencyTokens,
  caller: string,
): Plan {
  // Before validation, which changes the request while it parses it.
  const fingerprint = createHash("sha256").update(canonicalJson(input.TransactItems)).digest("hex");
  const clientRequestToken = clientToken(input.ClientRequestToken);
  const writes = transactEntries(input.TransactItems, Object.keys(operations)).map((entry) =>
    validateEntry(database, entry),
  );
  const locks = writes.map(({ table, key }) => database.lockName(table, key));
  if (new Set(locks).size < locks.length)
    throw validationError("Transaction request cannot include multiple operations on one item");
  if (writes.reduce((sum, { request }) => sum + itemSize(request.Item ?? {}), 0) > maxTransactionBytes)
    throw validationError("Collection size of items in a single TransactWriteItems request exceeded 4 MB");

  const tokenKey = clientRequestToken && tokens.key(caller, clientRequestToken);
  return {
    authorizations: writes.map((write) => authorizationOf(database, write)),
    run: () =>
      database.withLocks(tokenKey ? [tokenKey, ...locks] : locks, async () => {
        if (tokenKey && tokens.isRepetition(tokenKey, fingerprint)) return {};
        const stored = await evaluate(database, writes);
        const token = tokenKey ? tokens.remember(tokenKey, fingerprint) : null;
        await database.commit(token ? [...stored, token] : stored);
        if (token) await tokens.confirm(token);
        return {};
      }),
  };
}

function validateEntry(database: Database, { kind, input }: TransactEntry): TransactWrite {
  const required = kind === "Update" ? "UpdateExpression" : kind === "ConditionCheck" ? "ConditionExpression" : null;
  if (required && typeof input[required] !== "string")
    throw validationError(`The ${required} of ${kind} in transactItems must not be null`);
  return { kind, ...validateWrite(operations[kind] ?? "PutItem", database, input) };
}

function authorizationOf(database: Database, { kind, operation, request, leadingKey }: TransactWrite): Authorization {
  const action = kind === "ConditionCheck" ? "ConditionCheckItem" : operation;
  return {
    action: `dynamodb:${action}`,
    resource: database.tableArn(request.TableName),
    context: {
      ...conditionKeys(action, request),
      "dynamodb:LeadingKeys": [leadingKey],
      "dynamodb:EnclosingOperation": "TransactWriteItems",
    },
  };
}

/** What is to be stored when every entry succeeds; throws TransactionCanceledException when one does not. */
async function evaluate(database: Database, writes: TransactWrite[]): Promise<LevelOperation[]> {
  const stored: LevelOperation[] = [];
  const reasons: JsonObject[] = [];
  for (const write of writes) {
    try {
      const { work } = await database.run(write.operation, write.request, [write.table]);
      if (write.kind !== "ConditionCheck") stored.push(...work.writes);
      reasons.push({ Code: "None" });
    } catch (failure) {
      reasons.push(cancellationReason(failure, write.showsItemOnFailure));
    }
  }
  const codes = reasons.map(({ Code }) => Code);
  if (codes.every((code) => code === "None")) return stored;
  throw new DynamoDbError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes.join(", ")}]`,
    { CancellationReasons: reasons },
  );
}

function cancellationReason(failure: unknown, showsItem: boolean): JsonObject {
  const cause = failure instanceof FailedRun ? failure.cause : failure;
  if (!(cause instanceof DynamoDbError)) throw failure;
  const { code, message } = cause;
  const previous: Item | undefined = failure instanceof FailedRun ? failure.previous : undefined;
  if (code === "ConditionalCheckFailedException")
    return { Code: "ConditionalCheckFailed", Message: message, ...(showsItem && previous ? { Item: previous } : {}) };
  if (code === "ValidationException") return { Code: "ValidationError", Message: message };
  throw cause;
}

function clientToken(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" && value.length >= 1 && value.length <= 36) return value;
  throw validationError(
    "1 validation error detected: Value at 'clientRequestToken' failed to satisfy constraint: Member must have length between 1 and 36",
  );
}

/** JSON with sorted members, so that two spellings of one request are one request. */
function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_name, member: unknown) =>
      typeof member === "object" && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
        : member,
    ) ?? ""
  );
}
