import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { PROBE_ITEMS, PROBE_OBJECTS, PROBE_TEXT } from "../../src/setup/probe.ts";
import type { SetupSettings } from "../../src/setup/settings.ts";
import { AwsError, type AwsRequest, type Service } from "../service.ts";

/**
 * Makes what the isolation proof tries to reach, as an administrator does after setup; what is there already stays. The
 * services are asked directly: no session could have the right.
 */
export async function createProbe(
  settings: SetupSettings,
  { s3, dynamodb }: { s3: Service; dynamodb: Service },
): Promise<void> {
  const { account, bucket, table, options } = settings;
  for (const key of PROBE_OBJECTS) {
    const headers = { "content-type": "text/plain", "if-none-match": "*" };
    await unlessThere(s3, administratorRequest(account, "PUT", `/${bucket}/${key}`, headers, PROBE_TEXT));
  }
  for (const { partition, sort } of PROBE_ITEMS) {
    const item = {
      TableName: table,
      // The keys last: one may be called "note".
      Item: { note: { S: PROBE_TEXT }, [options.partitionKey]: { S: partition }, [options.sortKey]: { S: sort } },
      ConditionExpression: "attribute_not_exists(#pk)",
      ExpressionAttributeNames: { "#pk": options.partitionKey },
    };
    const headers = { "x-amz-target": "DynamoDB_20120810.PutItem" };
    await unlessThere(dynamodb, administratorRequest(account, "POST", "/", headers, JSON.stringify(item)));
  }
}

function administratorRequest(
  accountId: string,
  method: string,
  rawPath: string,
  headers: Record<string, string>,
  body: string,
): AwsRequest {
  return {
    requestId: randomUUID(),
    method,
    rawPath,
    query: new URLSearchParams(),
    headers: { ...headers, "content-length": String(Buffer.byteLength(body)) },
    body: Readable.from([Buffer.from(body)], { objectMode: false }),
    trailers: {},
    caller: { identity: "administrator", roleArn: `arn:aws:iam::${accountId}:role/administrator`, accountId },
  };
}

const THERE_ALREADY = ["PreconditionFailed", "ConditionalCheckFailedException"];

async function unlessThere(service: Service, request: AwsRequest): Promise<void> {
  try {
    await service.handle(request);
  } catch (error) {
    if (!(error instanceof AwsError && THERE_ALREADY.includes(error.code))) throw error;
  }
}
