import type { Authorization } from "../../service.ts";
import { conditionKeys } from "../condition-keys.ts";
import type { Database, JudgedTable } from "../database.ts";
import { validationError } from "../errors.ts";
import { emptyKey, type KeySchema, keyText, leadingKeyOf } from "../key-schema.ts";
import type { JsonObject, Plan, ValidRequest } from "../types.ts";

/** GetItem. */
export function getItem(database: Database, input: JsonObject): Plan {
  const request = database.validate("GetItem", input);
  const table = database.table(request.TableName);
  const leadingKey = leadingKeyOf(table.schema, request.Key ?? {}, "Key");
  return readPlan(database, "GetItem", request, table, [leadingKey]);
}

/**
 * Query. The partition key is taken from `KeyConditions` as dynalite filled them from the key condition expression:
 * the value that is judged is the value that selects the partition. A query of an index has no leading key of the table.
 */
export function query(database: Database, input: JsonObject): Plan {
  const request = database.validate("Query", input);
  const table = database.table(request.TableName);
  return readPlan(database, "Query", request, table, request.IndexName ? null : [queriedPartition(request, table)]);
}

/** Scan, which has no leading key. */
export function scan(database: Database, input: JsonObject): Plan {
  const request = database.validate("Scan", input);
  return readPlan(database, "Scan", request, database.table(request.TableName), null);
}

function queriedPartition(request: ValidRequest, { schema }: JudgedTable): string {
  const name = schema[0]?.name ?? "";
  const condition = request.KeyConditions?.[name];
  if (!condition) throw validationError(`Query condition missed key schema element: ${name}`);
  const [value, ...others] = condition.AttributeValueList ?? [];
  if (condition.ComparisonOperator !== "EQ" || !value || others.length > 0)
    throw validationError("Query key condition not supported");
  checkNotEmpty(request, schema);
  return keyText(value);
}

/** dynalite would answer such a query with nothing. */
function checkNotEmpty({ KeyConditions = {} }: ValidRequest, schema: KeySchema): void {
  for (const { name, type } of schema) {
    if (type === "N" || !KeyConditions[name]?.AttributeValueList?.some((value) => value[type] === "")) continue;
    throw emptyKey(type, name);
  }
}

function readPlan(
  database: Database,
  operation: string,
  request: ValidRequest,
  table: JudgedTable,
  leadingKeys: string[] | null,
): Plan {
  const arn = database.tableArn(request.TableName);
  const authorization: Authorization = {
    action: `dynamodb:${operation}`,
    resource: request.IndexName ? `${arn}/index/${request.IndexName}` : arn,
    context: {
      ...conditionKeys(operation, request),
      ...(leadingKeys ? { "dynamodb:LeadingKeys": leadingKeys } : {}),
    },
  };
  return {
    authorizations: [authorization],
    run: async () => (await database.run(operation, request, [table])).result,
  };
}
