import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDynamoDbService } from "../../../local/dynamodb/create-dynamodb-service.ts";
import type { Service } from "../../../local/service.ts";
import { awsRequest, call, key, options, question, tableArn } from "./dynamodb-world.ts";

const TableName = "holdall";
const dataDir = mkdtempSync(join(tmpdir(), "holdall-dynamodb-"));
let service: Service;
beforeAll(async () => {
  service = await createDynamoDbService(options(dataDir));
});
afterAll(async () => {
  await service.close();
  rmSync(dataDir, { recursive: true });
});

const leadingKeys = async (target: string, body: object) =>
  (await question(service, target, body)).context["dynamodb:LeadingKeys"];

describe("an operation on one item asks for its partition key", () => {
  test.each([
    ["GetItem", { Key: key("alice", "1") }],
    ["PutItem", { Item: { ...key("alice", "1"), other: { S: "bob" } } }],
    ["DeleteItem", { Key: key("alice", "1") }],
    [
      "UpdateItem",
      { Key: key("alice", "1"), UpdateExpression: "SET a = :a", ExpressionAttributeValues: { ":a": { S: "bob" } } },
    ],
  ])("%s", async (target, body) => {
    const { action, resource, context } = await question(service, target, { TableName, ...body });
    expect({ action, resource }).toEqual({ action: `dynamodb:${target}`, resource: tableArn });
    expect(context["dynamodb:LeadingKeys"]).toEqual(["alice"]);
  });
});

describe("a query asks for the partition it reads, however it is written", () => {
  const values = { ":p": { S: "alice" }, ":s": { S: "1" }, ":t": { S: "2" } };
  const used = (expression: string) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => expression.includes(name)));
  test.each([
    "pk = :p",
    ":p = pk",
    "(pk = :p)",
    "pk=:p and sk>:s",
    "sk > :s AND pk = :p",
    "(pk = :p) AND (begins_with(sk, :s))",
    "pk = :p AnD sk BETWEEN :s AND :t",
    "  pk\n=\t:p ",
  ])("%s", async (KeyConditionExpression) => {
    const ExpressionAttributeValues = used(KeyConditionExpression);
    expect(await leadingKeys("Query", { TableName, KeyConditionExpression, ExpressionAttributeValues })).toEqual([
      "alice",
    ]);
  });

  test("names behind placeholders", async () => {
    const body = {
      TableName,
      KeyConditionExpression: "#a = :p AND #b = :s",
      ExpressionAttributeNames: { "#a": "sk", "#b": "pk" },
      ExpressionAttributeValues: { ":p": { S: "alice" }, ":s": { S: "bob" } },
    };
    expect(await leadingKeys("Query", body)).toEqual(["bob"]);
  });

  test("legacy key conditions", async () => {
    const KeyConditions = { pk: { ComparisonOperator: "EQ", AttributeValueList: [{ S: "alice" }] } };
    expect(await leadingKeys("Query", { TableName, KeyConditions })).toEqual(["alice"]);
  });

  test("of members that occur twice the last one is judged and carried out", async () => {
    await call(service, "PutItem", { TableName, Item: key("second", "1") });
    const body = `{"TableName":"holdall","Key":{"pk":{"S":"first"},"sk":{"S":"1"}},"Key":{"pk":{"S":"second"},"sk":{"S":"1"}}}`;
    expect((await question(service, "GetItem", body)).context["dynamodb:LeadingKeys"]).toEqual(["second"]);
    expect((await call(service, "GetItem", body)).json.Item).toEqual(key("second", "1"));
  });
});

describe("a query that leaves the partition open is refused before IAM is asked", () => {
  const two = { ":a": { S: "alice" }, ":b": { S: "bob" } };
  test.each([
    ["pk = :a OR pk = :b", two],
    ["pk IN (:a, :b)", two],
    ["NOT pk = :a", { ":a": two[":a"] }],
    ["pk = :a AND pk = :b", two],
    ["pk BETWEEN :a AND :b", two],
    ["begins_with(pk, :a)", { ":a": two[":a"] }],
    ["pk > :a", { ":a": two[":a"] }],
    ["pk <> :a", { ":a": two[":a"] }],
    ["sk = :a", { ":a": two[":a"] }],
    ["pk = :a AND sk = :b OR pk = :b", two],
    ["pk.x = :a", { ":a": two[":a"] }],
    ["pk = :a -- ", { ":a": two[":a"] }],
    ["", undefined],
  ])("%s", async (KeyConditionExpression, ExpressionAttributeValues) => {
    const body = { TableName, KeyConditionExpression, ExpressionAttributeValues };
    await expect(service.authorize(awsRequest("Query", body))).rejects.toMatchObject({ code: "ValidationException" });
  });

  test("an expression and legacy conditions together", async () => {
    const body = {
      TableName,
      KeyConditionExpression: "pk = :a",
      ExpressionAttributeValues: { ":a": { S: "alice" } },
      KeyConditions: { pk: { ComparisonOperator: "EQ", AttributeValueList: [{ S: "bob" }] } },
    };
    await expect(service.authorize(awsRequest("Query", body))).rejects.toMatchObject({ code: "ValidationException" });
  });
});

describe("batches and transactions ask for every entry", () => {
  test("BatchGetItem, one question for each table", async () => {
    const RequestItems = {
      holdall: { Keys: [key("alice", "1"), key("bob", "1")] },
      other: { Keys: [key("eve", "1")] },
    };
    const asked = await service.authorize(awsRequest("BatchGetItem", { RequestItems }));
    expect(asked.map(({ action, resource, context }) => [action, resource, context["dynamodb:LeadingKeys"]])).toEqual([
      ["dynamodb:BatchGetItem", tableArn, ["alice", "bob"]],
      ["dynamodb:BatchGetItem", tableArn.replace("holdall", "other"), ["eve"]],
    ]);
  });

  test("BatchWriteItem, puts and deletes", async () => {
    const RequestItems = {
      holdall: [{ PutRequest: { Item: key("alice", "1") } }, { DeleteRequest: { Key: key("bob", "1") } }],
    };
    expect(await leadingKeys("BatchWriteItem", { RequestItems })).toEqual(["alice", "bob"]);
  });

  test("TransactWriteItems, each with its own action", async () => {
    const TransactItems = [
      { Put: { TableName, Item: key("alice", "1") } },
      { Update: { TableName, Key: key("bob", "1"), UpdateExpression: "REMOVE a" } },
      { Delete: { TableName, Key: key("carol", "1") } },
      { ConditionCheck: { TableName, Key: key("dan", "1"), ConditionExpression: "attribute_exists(pk)" } },
    ];
    const asked = await service.authorize(awsRequest("TransactWriteItems", { TransactItems }));
    expect(asked.map(({ action, context }) => [action, context["dynamodb:LeadingKeys"]])).toEqual([
      ["dynamodb:PutItem", ["alice"]],
      ["dynamodb:UpdateItem", ["bob"]],
      ["dynamodb:DeleteItem", ["carol"]],
      ["dynamodb:ConditionCheckItem", ["dan"]],
    ]);
  });

  test("TransactGetItems", async () => {
    const TransactItems = [
      { Get: { TableName, Key: key("alice", "1") } },
      { Get: { TableName, Key: key("bob", "1") } },
    ];
    const asked = await service.authorize(awsRequest("TransactGetItems", { TransactItems }));
    expect(asked.map(({ action, context }) => [action, context["dynamodb:LeadingKeys"]])).toEqual([
      ["dynamodb:GetItem", ["alice"]],
      ["dynamodb:GetItem", ["bob"]],
    ]);
  });
});

describe("what has no partition key of the table has no LeadingKeys", () => {
  test("Scan", async () => {
    const { action, context } = await question(service, "Scan", { TableName });
    expect(action).toBe("dynamodb:Scan");
    expect(context).not.toHaveProperty("dynamodb:LeadingKeys");
  });

  test("a query of an index asks for the index", async () => {
    const body = {
      TableName,
      IndexName: "by-date",
      KeyConditionExpression: "pk = :p",
      ExpressionAttributeValues: { ":p": { S: "alice" } },
    };
    const { resource, context } = await question(service, "Query", body);
    expect(resource).toBe(`${tableArn}/index/by-date`);
    expect(context).not.toHaveProperty("dynamodb:LeadingKeys");
  });

  test.each([
    [`SELECT * FROM "holdall" WHERE pk = 'bob'`, "dynamodb:PartiQLSelect", tableArn],
    [`select a, b from "holdall"."by-date"`, "dynamodb:PartiQLSelect", `${tableArn}/index/by-date`],
    [`INSERT INTO holdall VALUE {'pk': 'bob'}`, "dynamodb:PartiQLInsert", tableArn],
    [`UPDATE "holdall" SET a = 1 WHERE pk = 'bob'`, "dynamodb:PartiQLUpdate", tableArn],
    [`DELETE FROM "holdall" WHERE pk = 'bob'`, "dynamodb:PartiQLDelete", tableArn],
  ])("PartiQL: %s", async (Statement, action, resource) => {
    expect(await question(service, "ExecuteStatement", { Statement })).toEqual({ action, resource, context: {} });
    expect((await call(service, "ExecuteStatement", { Statement })).json.__type).toContain("ValidationException");
  });
});

describe("a request that cannot be judged", () => {
  test.each([
    ["GetItem", "{", "SerializationException"],
    ["GetItem", "[]", "SerializationException"],
    ["GetItem", "{}", "ValidationException"],
    ["GetItem", { TableName, Key: { pk: { S: "alice" } } }, "ValidationException"],
    ["GetItem", { TableName, Key: { ...key("alice", "1"), more: { S: "x" } } }, "ValidationException"],
    ["GetItem", { TableName, Key: { id: { S: "alice" }, sk: { S: "1" } } }, "ValidationException"],
    ["GetItem", { TableName, Key: { pk: { N: "1" }, sk: { S: "1" } } }, "ValidationException"],
    ["PutItem", { TableName, Item: { sk: { S: "1" } } }, "ValidationException"],
    ["PutItem", { TableName, Item: { ...key("alice", "1"), a: null } }, "SerializationException"],
    ["BatchWriteItem", { RequestItems: { holdall: [null] } }, "SerializationException"],
    [
      "BatchWriteItem",
      { RequestItems: { holdall: [{ PutRequest: { Item: key("a", "1") }, DeleteRequest: { Key: key("b", "1") } }] } },
      "ValidationException",
    ],
    ["TransactWriteItems", { TransactItems: [{}] }, "ValidationException"],
    [
      "TransactWriteItems",
      { TransactItems: [{ Put: { TableName, Item: key("a", "1") }, Delete: { TableName, Key: key("b", "1") } }] },
      "ValidationException",
    ],
    [
      "PutItem",
      `{"TableName":"holdall","Item":{"__proto__":{"S":"x"},"pk":{"S":"a"},"sk":{"S":"1"}}}`,
      "ValidationException",
    ],
    [
      "PutItem",
      `{"TableName":"holdall","Item":{"\\u005f_proto__":{"S":"x"},"pk":{"S":"a"},"sk":{"S":"1"}}}`,
      "ValidationException",
    ],
    ["DropEverything", {}, "UnknownOperationException"],
    ["constructor", {}, "UnknownOperationException"],
  ])("%s %j is refused with its code", async (target, body, code) => {
    await expect(service.authorize(awsRequest(target, body))).rejects.toMatchObject({ code, status: 400 });
  });

  test("a table that does not exist is judged by the configured key names", async () => {
    expect(await leadingKeys("GetItem", { TableName: "absent", Key: key("alice", "1") })).toEqual(["alice"]);
    const { json } = await call(service, "GetItem", { TableName: "absent", Key: key("alice", "1") });
    expect(json.__type).toBe("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException");
  });
});
