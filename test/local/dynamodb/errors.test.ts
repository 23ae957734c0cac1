import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createDynamoDbService } from "../../../local/dynamodb/create-dynamodb-service.ts";
import { AwsError, type Service } from "../../../local/service.ts";
import { awsRequest, call, key, options } from "./dynamodb-world.ts";

const dataDir = mkdtempSync(join(tmpdir(), "holdall-dynamodb-"));
let service: Service;
beforeAll(async () => {
  service = await createDynamoDbService(options(dataDir));
});
afterAll(async () => {
  await service.close();
  rmSync(dataDir, { recursive: true });
});

test("answers carry the checksum that SDKs compare, of the bytes", async () => {
  const Item = { ...key("alice", "é🦊"), v: { S: "ü" } };
  await call(service, "PutItem", { TableName: "holdall", Item });
  const request = awsRequest("GetItem", { TableName: "holdall", Key: key("alice", "é🦊") });
  await service.authorize(request);
  const { headers, body } = await service.handle(request);
  expect(headers).toEqual({
    "content-type": "application/x-amz-json-1.0",
    "content-length": String((body as Buffer).length),
    "x-amzn-requestid": request.requestId,
    "x-amz-crc32": String(crc32(body as Buffer)),
  });
  expect(JSON.parse(String(body))).toEqual({ Item });
});

test.each([
  ["AccessDeniedException", 400, "com.amazon.coral.service", "Message"],
  ["ExpiredTokenException", 400, "com.amazon.coral.service", "message"],
  ["ValidationException", 400, "com.amazon.coral.validate", "message"],
  ["ThrottlingException", 400, "com.amazon.coral.availability", "message"],
  ["ProvisionedThroughputExceededException", 400, "com.amazonaws.dynamodb.v20120810", "message"],
  ["InternalServerError", 500, "com.amazonaws.dynamodb.v20120810", "message"],
])("%s in AWS's shape", (code, status, namespace, member) => {
  const response = service.renderError(new AwsError(code, status, "why"), awsRequest("GetItem", {}));
  expect(response.status).toBe(status);
  expect(JSON.parse(String(response.body))).toEqual({ __type: `${namespace}#${code}`, [member]: "why" });
});

test("a filter that dynalite stumbles over fails its request and nothing else", async () => {
  await call(service, "PutItem", { TableName: "holdall", Item: { ...key("alice", "1"), n: { N: "1" } } });
  const query = awsRequest("Query", {
    TableName: "holdall",
    KeyConditions: { pk: { ComparisonOperator: "EQ", AttributeValueList: [{ S: "alice" }] } },
    QueryFilter: { n: { ComparisonOperator: "EQ" } },
  });
  await expect(service.authorize(query).then(() => service.handle(query))).rejects.toThrow();
  expect((await call(service, "GetItem", { TableName: "holdall", Key: key("alice", "1") })).status).toBe(200);
});

test("a body over 16 MB is refused", async () => {
  const request = awsRequest("GetItem", "x".repeat(16 * 1024 * 1024 + 1));
  await expect(service.authorize(request)).rejects.toMatchObject({ status: 413 });
});
