import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDynamoDbService } from "../../../local/dynamodb/create-dynamodb-service.ts";
import type { Service } from "../../../local/service.ts";
import { awsRequest, call, key, options } from "./dynamodb-world.ts";

const TableName = "holdall";
const dataDir = mkdtempSync(join(tmpdir(), "holdall-dynamodb-"));
let service: Service;
let pk = "";
let tests = 0;
beforeAll(async () => {
  service = await createDynamoDbService(options(dataDir));
});
beforeEach(() => {
  tests += 1;
  pk = `person-${tests}`;
});
afterAll(async () => {
  await service.close();
  rmSync(dataDir, { recursive: true });
});

const put = (sk: string, more: object = {}) => ({ Put: { TableName, Item: { ...key(pk, sk), ...more } } });
const update = (sk: string, UpdateExpression: string, ExpressionAttributeValues?: object) => ({
  Update: { TableName, Key: key(pk, sk), UpdateExpression, ExpressionAttributeValues },
});
const transact = (TransactItems: object[], ClientRequestToken?: string) =>
  call(service, "TransactWriteItems", { TransactItems, ClientRequestToken });
const read = async (sk: string) => (await call(service, "GetItem", { TableName, Key: key(pk, sk) })).json.Item;

test("all of it is stored", async () => {
  await call(service, "PutItem", { TableName, Item: { ...key(pk, "2"), n: { N: "1" } } });
  await call(service, "PutItem", { TableName, Item: key(pk, "3") });
  const { status, json } = await transact([
    put("1", { a: { S: "new" } }),
    update("2", "ADD n :one", { ":one": { N: "1" } }),
    { Delete: { TableName, Key: key(pk, "3") } },
    { ConditionCheck: { TableName, Key: key(pk, "4"), ConditionExpression: "attribute_not_exists(pk)" } },
  ]);
  expect({ status, json }).toEqual({ status: 200, json: {} });
  expect(await read("1")).toEqual({ ...key(pk, "1"), a: { S: "new" } });
  expect((await read("2")).n).toEqual({ N: "2" });
  expect(await read("3")).toBeUndefined();
  expect(await read("4")).toBeUndefined();
});

describe("nothing is stored, and every entry has its reason, when", () => {
  test("a condition fails", async () => {
    const before = { ...key(pk, "2"), rev: { N: "7" } };
    await call(service, "PutItem", { TableName, Item: before });
    const guarded = {
      Put: {
        TableName,
        Item: key(pk, "2"),
        ConditionExpression: "rev = :rev",
        ExpressionAttributeValues: { ":rev": { N: "6" } },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      },
    };
    const { status, json } = await transact([put("1"), guarded]);
    expect(status).toBe(400);
    expect(json).toEqual({
      __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
      Message:
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]",
      CancellationReasons: [
        { Code: "None" },
        { Code: "ConditionalCheckFailed", Message: "The conditional request failed", Item: before },
      ],
    });
    expect(await read("1")).toBeUndefined();
    expect(await read("2")).toEqual(before);
  });

  test("an update does not fit the item", async () => {
    await call(service, "PutItem", { TableName, Item: { ...key(pk, "2"), n: { S: "text" } } });
    const { json } = await transact([put("1"), update("2", "SET n = n + :one", { ":one": { N: "1" } })]);
    expect(json.CancellationReasons.map(({ Code }: { Code: string }) => Code)).toEqual(["None", "ValidationError"]);
    expect(await read("1")).toBeUndefined();
  });

  test("an update makes an item too large", async () => {
    await call(service, "PutItem", { TableName, Item: { ...key(pk, "2"), a: { S: "x".repeat(300_000) } } });
    const { json } = await transact([put("1"), update("2", "SET b = :b", { ":b": { S: "x".repeat(200_000) } })]);
    expect(json.CancellationReasons.map(({ Code }: { Code: string }) => Code)).toEqual(["None", "ValidationError"]);
    expect(await read("1")).toBeUndefined();
  });
});

describe("refused as a whole", () => {
  const large = { a: { S: "x".repeat(399_000) } };
  test.each<[string, () => object[]]>([
    ["no entry", () => []],
    ["101 entries", () => Array.from({ length: 101 }, (_, index) => put(String(index)))],
    ["two operations on one item", () => [put("1"), { Delete: { TableName, Key: key(pk, "1") } }]],
    ["more than 4 MB", () => Array.from({ length: 11 }, (_, index) => put(String(index), large))],
    ["a check without a condition", () => [{ ConditionCheck: { TableName, Key: key(pk, "1") } }]],
    ["an update without an expression", () => [{ Update: { TableName, Key: key(pk, "1") } }]],
    ["an item over 400 KB", () => [put("1", { a: { S: "x".repeat(410_000) } })]],
  ])("%s", async (_what, entries) => {
    const { json } = await transact(entries());
    expect(json.__type).toBe("com.amazon.coral.validate#ValidationException");
  });

  test("100 entries are the limit", async () => {
    expect((await transact(Array.from({ length: 100 }, (_, index) => put(String(index))))).status).toBe(200);
  });
});

describe("a client token", () => {
  test("carries a transaction out once", async () => {
    const entries = () => [update("1", "ADD n :one", { ":one": { N: "1" } })];
    await transact(entries(), "token-1");
    expect((await transact(entries(), "token-1")).status).toBe(200);
    await Promise.all([transact(entries(), "token-2"), transact(entries(), "token-2")]);
    expect((await read("1")).n).toEqual({ N: "2" });
  });

  test("means one transaction", async () => {
    await transact([put("1")], "token-3");
    const { json } = await transact([put("2")], "token-3");
    expect(json.__type).toContain("IdempotentParameterMismatchException");
    expect(await read("2")).toBeUndefined();
  });

  test("is not used up by a transaction that was refused", async () => {
    const guarded = (rev: string) => ({
      Put: {
        TableName,
        Item: key(pk, "1"),
        ConditionExpression: "attribute_exists(pk) OR :rev = :zero",
        ExpressionAttributeValues: { ":rev": { N: rev }, ":zero": { N: "0" } },
      },
    });
    expect((await transact([guarded("1")], "token-4")).status).toBe(400);
    expect((await transact([put("2")], "token-4")).status).toBe(200);
  });

  test("of another person is another token", async () => {
    const send = async (identity: string, sk: string) => {
      const request = awsRequest("TransactWriteItems", { TransactItems: [put(sk)], ClientRequestToken: "t" }, identity);
      await service.authorize(request);
      return service.handle(request);
    };
    expect((await send("alice", "1")).status).toBe(200);
    expect((await send("bob", "2")).status).toBe(200);
  });
});

test("readers of a transaction see all of it or nothing", async () => {
  const keys = ["1", "2", "3"];
  const TransactItems = keys.map((sk) => ({ Get: { TableName, Key: key(pk, sk) } }));
  const writer = async () => {
    for (let round = 1; round <= 40; round += 1)
      await transact(keys.map((sk) => update(sk, "SET n = :n", { ":n": { N: String(round) } })));
  };
  const reader = async () => {
    for (let round = 0; round < 80; round += 1) {
      const { json } = await call(service, "TransactGetItems", { TransactItems });
      const seen = json.Responses.map((response: { Item?: { n: { N: string } } }) => response.Item?.n.N);
      expect(new Set(seen).size).toBe(1);
    }
  };
  // A query takes no lock: it sees one state because the transaction is stored as one batch.
  const query = { TableName, KeyConditionExpression: "pk = :p", ExpressionAttributeValues: { ":p": { S: pk } } };
  const lister = async () => {
    for (let round = 0; round < 80; round += 1) {
      const { json } = await call(service, "Query", query);
      expect(new Set(json.Items.map(({ n }: { n: { N: string } }) => n.N)).size).toBeLessThanOrEqual(1);
    }
  };
  await Promise.all([writer(), reader(), lister()]);
});

test("counters under contention lose nothing", async () => {
  const add = { ":one": { N: "1" } };
  const single = () =>
    call(service, "UpdateItem", {
      TableName,
      Key: key(pk, "a"),
      UpdateExpression: "ADD n :one",
      ExpressionAttributeValues: add,
    });
  const both = (first: string, second: string) =>
    transact([update(first, "ADD n :one", add), update(second, "ADD n :one", add)]);
  await Promise.all(
    Array.from({ length: 60 }, (_, i) => [single, () => both("a", "b"), () => both("b", "a")][i % 3]?.()),
  );
  expect((await read("a")).n).toEqual({ N: "60" });
  expect((await read("b")).n).toEqual({ N: "40" });
});
