import type { Database } from "./database.ts";
import { DynamoDbError } from "./errors.ts";
import type { IdempotencyTokens } from "./idempotency-tokens.ts";
import { batchGetItem, batchWriteItem } from "./operations/batch.ts";
import { partiql } from "./operations/partiql.ts";
import { getItem, query, scan } from "./operations/read-items.ts";
import { listTables, tableOperation, tagOperation } from "./operations/tables.ts";
import { timeToLiveOperation } from "./operations/time-to-live.ts";
import { transactGetItems } from "./operations/transact-get.ts";
import { transactWriteItems } from "./operations/transact-write.ts";
import { writeItem } from "./operations/write-item.ts";
import type { JsonObject, Plan } from "./types.ts";

export interface PlanContext {
  database: Database;
  tokens: IdempotencyTokens;
  /** Whose transaction tokens count. */
  caller: string;
}

/** Every operation the local DynamoDB answers: from the request's JSON to what IAM is asked and what is then done. */
const operations: Record<string, (input: JsonObject, context: PlanContext) => Plan> = {
  GetItem: (input, { database }) => getItem(database, input),
  PutItem: (input, { database }) => writeItem("PutItem", database, input),
  UpdateItem: (input, { database }) => writeItem("UpdateItem", database, input),
  DeleteItem: (input, { database }) => writeItem("DeleteItem", database, input),
  Query: (input, { database }) => query(database, input),
  Scan: (input, { database }) => scan(database, input),
  BatchGetItem: (input, { database }) => batchGetItem(database, input),
  BatchWriteItem: (input, { database }) => batchWriteItem(database, input),
  TransactGetItems: (input, { database }) => transactGetItems(database, input),
  TransactWriteItems: (input, { database, tokens, caller }) => transactWriteItems(database, input, tokens, caller),
  ExecuteStatement: (input, { database }) => partiql("ExecuteStatement", database, input),
  BatchExecuteStatement: (input, { database }) => partiql("BatchExecuteStatement", database, input),
  ExecuteTransaction: (input, { database }) => partiql("ExecuteTransaction", database, input),
  CreateTable: (input, { database }) => tableOperation("CreateTable", database, input),
  DescribeTable: (input, { database }) => tableOperation("DescribeTable", database, input),
  UpdateTable: (input, { database }) => tableOperation("UpdateTable", database, input),
  DeleteTable: (input, { database }) => tableOperation("DeleteTable", database, input),
  ListTables: (input, { database }) => listTables(database, input),
  TagResource: (input, { database }) => tagOperation("TagResource", database, input),
  UntagResource: (input, { database }) => tagOperation("UntagResource", database, input),
  ListTagsOfResource: (input, { database }) => tagOperation("ListTagsOfResource", database, input),
  UpdateTimeToLive: (input, { database }) => timeToLiveOperation("UpdateTimeToLive", database, input),
  DescribeTimeToLive: (input, { database }) => timeToLiveOperation("DescribeTimeToLive", database, input),
};

/** The operation that `X-Amz-Target` names, or undefined for one that is not known here. */
export function operationOf(target: string | string[] | undefined): string | undefined {
  const name = /^DynamoDB_20120810\.(\w+)$/.exec(String(target))?.[1];
  return name !== undefined && Object.hasOwn(operations, name) ? name : undefined;
}

/** Throws UnknownOperationException, ValidationException, SerializationException. */
export function planRequest(operation: string | undefined, input: JsonObject, context: PlanContext): Plan {
  const planner = operation === undefined ? undefined : operations[operation];
  if (!planner) throw new DynamoDbError("UnknownOperationException", "");
  return planner(input, context);
}
