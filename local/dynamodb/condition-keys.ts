import type { ValidRequest } from "./types.ts";

/**
 * The condition keys beside `dynamodb:LeadingKeys` that a request has in IAM.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function conditionKeys(operation: string, request: ValidRequest): Record<string, string | string[]> {
  const attributes = attributeNames(request);
  const select = selectOf(operation, request);
  return {
    ...(attributes.length > 0 ? { "dynamodb:Attributes": attributes } : {}),
    ...(select ? { "dynamodb:Select": select } : {}),
    ...(writes.has(operation) ? { "dynamodb:ReturnValues": request.ReturnValues ?? "NONE" } : {}),
    ...(request.ReturnConsumedCapacity ? { "dynamodb:ReturnConsumedCapacity": request.ReturnConsumedCapacity } : {}),
  };
}

const writes = new Set(["PutItem", "UpdateItem", "DeleteItem"]);

/** The top-level attributes that a request names. */
function attributeNames(request: ValidRequest): string[] {
  const paths = [...(request._projection?.paths ?? []), ...(request._updates?.paths ?? [])];
  const records = [
    request.Key,
    request.Item,
    request.AttributeUpdates,
    request.Expected,
    request.KeyConditions,
    request._condition?.pathHeads,
    request._filter?.pathHeads,
  ];
  return [
    ...new Set([
      ...records.flatMap((record) => Object.keys(record ?? {})),
      ...paths.map((path) => String(path[0])),
      ...(request.AttributesToGet ?? []),
    ]),
  ];
}

function selectOf(operation: string, request: ValidRequest): string | undefined {
  if (request.Select || (operation !== "Query" && operation !== "Scan")) return request.Select;
  if (request._projection || request.AttributesToGet) return "SPECIFIC_ATTRIBUTES";
  return request.IndexName ? "ALL_PROJECTED_ATTRIBUTES" : "ALL_ATTRIBUTES";
}
