import type { Authorization } from "../../service.ts";
import type { Database } from "../database.ts";
import { validationError } from "../errors.ts";
import type { JsonObject, Plan } from "../types.ts";

/** `"table"."index"`, `table` or `"table"` after the word that names it. */
const statementShape =
  /^\s*(?:(SELECT)\b[\s\S]*?\bFROM|(INSERT)\s+INTO|(UPDATE)|(DELETE)\s+FROM|(EXISTS)\s*\(\s*SELECT\b[\s\S]*?\bFROM)\s+"?([a-zA-Z0-9_.-]+?)"?(?:\."([a-zA-Z0-9_.-]+)")?(?=[\s;)]|$)/i;

/**
 * ExecuteStatement, BatchExecuteStatement, ExecuteTransaction. IAM is asked, so that a policy without PartiQL is seen
 * to refuse it; a caller who would be allowed hears that the local AWS does not carry PartiQL out.
 */
export function partiql(operation: string, database: Database, input: JsonObject): Plan {
  const statements = statementsOf(operation, input);
  return {
    authorizations: statements.map((statement) => authorizationOf(database, operation, statement)),
    run: () => Promise.reject(validationError(`${operation}: the local AWS does not carry out PartiQL.`)),
  };
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
