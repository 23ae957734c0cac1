import { crc32 } from "node:zlib";
import type { AwsError, AwsResponse } from "../service.ts";
import { DynamoDbError } from "./errors.ts";
import type { JsonObject } from "./types.ts";

/** Errors that AWS's web service framework raises before DynamoDB itself sees the request carry the framework's namespace. */
const namespaces: Record<string, string> = {
  ValidationException: "com.amazon.coral.validate",
  ThrottlingException: "com.amazon.coral.availability",
  SerializationException: "com.amazon.coral.service",
  UnknownOperationException: "com.amazon.coral.service",
  AccessDeniedException: "com.amazon.coral.service",
  UnrecognizedClientException: "com.amazon.coral.service",
  InvalidSignatureException: "com.amazon.coral.service",
  IncompleteSignatureException: "com.amazon.coral.service",
  MissingAuthenticationTokenException: "com.amazon.coral.service",
  ExpiredTokenException: "com.amazon.coral.service",
};

/** AWS spells the member with a capital in these. */
const capitalMessage = new Set(["SerializationException", "AccessDeniedException", "TransactionCanceledException"]);

/** An answer in DynamoDB's protocol (AWS JSON 1.0). The SDKs compare `x-amz-crc32` with the bytes they received. */
export function answer(status: number, body: JsonObject, requestId: string): AwsResponse {
  const bytes = Buffer.from(JSON.stringify(body), "utf8");
  return {
    status,
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "content-length": String(bytes.length),
      "x-amzn-requestid": requestId,
      "x-amz-crc32": String(crc32(bytes)),
    },
    body: bytes,
  };
}

/** `{"__type": "<namespace>#<code>", "message": …}`, with the members that an error has of its own. */
export function errorAnswer(error: AwsError, requestId: string): AwsResponse {
  const namespace = namespaces[error.code] ?? "com.amazonaws.dynamodb.v20120810";
  const fields = error instanceof DynamoDbError ? error.fields : error.details;
  const member = capitalMessage.has(error.code) ? "Message" : "message";
  return answer(error.status, { __type: `${namespace}#${error.code}`, ...fields, [member]: error.message }, requestId);
}
