import type { Authorization } from "../../service.ts";
import type { Database } from "../database.ts";
import { validationError } from "../errors.ts";
import type { JsonObject, Plan } from "../types.ts";

/** `"table"."index"`, `table` or `"table"` after the word that names it. */
const statementShape =
  /^\s*(?:(SELECT)\b[\s\S]*?\bFROM|(INSERT)\s+INTO|(UPDATE)|(DELETE)\s+FROM|(EXISTS)\s*\(\s*SELECT\b[\s\S]*?\bFROM)\s+"?([a-zA-Z0-9_.-]+?)"?(?:\."([a-zA-Z0-9_.-]+)")?(?=[\s;)]|$)/i;

/** One partition whole: the only statement that is carried out. */
const partitionShape = /^SELECT \* FROM "([a-zA-Z0-9_.-]+)" WHERE "([^"]+)" = \?$/;

/**
 * ExecuteStatement, BatchExecuteStatement, ExecuteTransaction. IAM is asked, so that a policy without PartiQL is seen
 * to refuse it. What a person might be shown by mistake, one partition by a parameter, is carried out, so that a policy with
 * PartiQL is seen to be open; for all else a caller who would be allowed hears that the local AWS does not carry it out.
 */
export function partiql(operation: string, database: Database, input: JsonObject): Plan {
  const statements = statementsOf(operation, input);
  return {
    authorizations: statements.map((statement) => authorizationOf(database, operation, statement)),
    run: async () => {
      const query = operation === "ExecuteStatement" ? partitionQuery(input) : null;
      if (query === null) throw validationError(`${operation}: the local AWS does not carry out this PartiQL.`);
      const table = database.table(query.TableName);
      const { result } = await database.run("Query", database.validate("Query", { ...query }), [table]);
      return { Items: result.Items };
    },
  };
}

function partitionQuery({ Statement, Parameters }: JsonObject): (JsonObject & { TableName: string }) | null {
  const [, TableName, name] = partitionShape.exec(String(Statement)) ?? [];
  if (TableName === undefined || name === undefined || !Array.isArray(Parameters) || Parameters.length !== 1)
    return null;
  const names = { ExpressionAttributeNames: { "#p": name }, ExpressionAttributeValues: { ":p": Parameters[0] } };
  return { TableName, KeyConditionExpression: "#p = :p", ...names };
}

function statementsOf(operation: string, input: JsonObject): string[] {
  const list = operation === "BatchExecuteStatement" ? input.Statements : input.TransactStatements;
  const entries: unknown[] = operation === "ExecuteStatement" ? [input] : Array.isArray(list) ? list : [];
  const statements = entries.map((entry) => (entry as JsonObject | null)?.Statement);
  if (statements.length === 0) throw validationError(`${operation} needs at least one statement`);
  return statements.map((statement) => {
    if (typeof statement === "string") return statement;
    throw validationError(
      "1 validation error detected: Value null at 'statement' failed to satisfy constraint: Member must not be null",
    );
  });
}

function authorizationOf(database: Database, operation: string, statement: string): Authorization {
  const [, select, insert, update, remove, exists, table, index] = statementShape.exec(statement) ?? [];
  const verb = (select ?? exists) ? "Select" : insert ? "Insert" : update ? "Update" : remove ? "Delete" : null;
  if (!verb || !table) throw validationError("Statement wasn't well formed, can't be processed");
  const arn = database.tableArn(table);
  return {
    action: `dynamodb:PartiQL${verb}`,
    resource: index ? `${arn}/index/${index}` : arn,
    context: operation === "ExecuteTransaction" ? { "dynamodb:EnclosingOperation": operation } : {},
  };
}
