import type { Authorization } from "../../service.ts";
import type { Database } from "../database.ts";
import { validationError } from "../errors.ts";
import type { JsonObject, Plan } from "../types.ts";

/** CreateTable, DescribeTable, UpdateTable, DeleteTable: dynalite's own, under a lock of the table's name. */
export function tableOperation(operation: string, database: Database, input: JsonObject): Plan {
  const name = tableNameOf(input);
  return {
    authorizations: [{ action: `dynamodb:${operation}`, resource: database.tableArn(name), context: {} }],
    run: () => database.withLocks([`table~${name}`], () => database.tableAction(operation, input)),
  };
}

/** ListTables, which IAM judges without a resource. */
export function listTables(database: Database, input: JsonObject): Plan {
  return {
    authorizations: [{ action: "dynamodb:ListTables", resource: "*", context: {} }],
    run: () => database.tableAction("ListTables", input),
  };
}

/** TagResource, UntagResource, ListTagsOfResource. */
export function tagOperation(operation: string, database: Database, input: JsonObject): Plan {
  const arn = String(input.ResourceArn ?? "");
  if (arn !== database.tableArn(arn.slice(arn.lastIndexOf("/") + 1)))
    throw validationError("Invalid TableArn: Invalid ResourceArn provided as input");
  const authorization: Authorization = { action: `dynamodb:${operation}`, resource: arn, context: {} };
  return { authorizations: [authorization], run: () => database.tableAction(operation, input) };
}

/** Throws ValidationException. */
export function tableNameOf(input: JsonObject): string {
  const name = input.TableName;
  if (typeof name === "string" && /^[a-zA-Z0-9_.-]{3,255}$/.test(name)) return name;
  const value = typeof name === "string" ? `'${name}'` : "null";
  throw validationError(
    `1 validation error detected: Value ${value} at 'tableName' failed to satisfy constraint: ${
      typeof name === "string"
        ? "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
        : "Member must not be null"
    }`,
  );
}
