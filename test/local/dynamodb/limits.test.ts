import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDynamoDbService } from "../../../local/dynamodb/create-dynamodb-service.ts";
import type { Service } from "../../../local/service.ts";
import { call, key, options } from "./dynamodb-world.ts";

const TableName = "holdall";
const limit = 400 * 1024;
const dataDir = mkdtempSync(join(tmpdir(), "holdall-dynamodb-"));
let service: Service;
beforeAll(async () => {
  service = await createDynamoDbService(options(dataDir));
});
afterAll(async () => {
  await service.close();
  rmSync(dataDir, { recursive: true });
});

const put = (item: object) => call(service, "PutItem", { TableName, Item: { ...key("a", "1"), ...item } });
const stored = async () => (await call(service, "GetItem", { TableName, Key: key("a", "1") })).json.Item;
/** `pk`, `sk`, their values `a` and `1`, and the name `v`. */
const overhead = 7;

describe("400 KB, in bytes of UTF-8, names included", () => {
  test.each([
    ["ASCII, exactly", "x".repeat(limit - overhead), 200],
    ["ASCII, one more", "x".repeat(limit - overhead + 1), 400],
    ["two-byte letters, exactly", `x${"é".repeat((limit - overhead - 1) / 2)}`, 200],
    ["two-byte letters, one byte more", "é".repeat((limit - overhead + 1) / 2), 400],
    ["emoji", "🦊".repeat(limit / 4), 400],
  ])("%s", async (_what, text, status) => {
    expect((await put({ v: { S: text } })).status).toBe(status);
  });

  test("by an update", async () => {
    await put({ v: { S: "x".repeat(limit - overhead) } });
    const { status, json } = await call(service, "UpdateItem", {
      TableName,
      Key: key("a", "1"),
      UpdateExpression: "SET w = :w",
      ExpressionAttributeValues: { ":w": { S: "" } },
    });
    expect([status, json.message]).toEqual([400, "Item size to update has exceeded the maximum allowed size"]);
    expect(await stored()).not.toHaveProperty("w");
  });

  test("in a batch", async () => {
    const Item = { ...key("a", "1"), v: { S: "é".repeat(limit / 2) } };
    const { json } = await call(service, "BatchWriteItem", { RequestItems: { holdall: [{ PutRequest: { Item } }] } });
    expect(json.message).toBe("Item size has exceeded the maximum allowed size");
  });
});

describe("keys", () => {
  test.each([
    ["partition key of 2,048 bytes", key("é".repeat(1024), "1"), 200],
    ["partition key of 2,049 bytes", key(`${"é".repeat(1024)}x`, "1"), 400],
    ["sort key of 1,024 bytes", key("a", "é".repeat(512)), 200],
    ["sort key of 1,025 bytes", key("a", `${"é".repeat(512)}x`), 400],
    ["empty partition key", key("", "1"), 400],
    ["empty sort key", key("a", ""), 400],
  ])("%s", async (_what, Item, status) => {
    expect((await call(service, "PutItem", { TableName, Item })).status).toBe(status);
    expect((await call(service, "GetItem", { TableName, Key: Item })).status).toBe(status);
    expect((await call(service, "DeleteItem", { TableName, Key: Item })).status).toBe(status);
  });

  test("an empty key in a query", async () => {
    const query = { TableName, KeyConditionExpression: "pk = :p", ExpressionAttributeValues: { ":p": { S: "" } } };
    expect((await call(service, "Query", query)).json.__type).toBe("com.amazon.coral.validate#ValidationException");
  });
});

describe("expressions", () => {
  const update = (many: number, placeholder: (at: number) => string) => {
    const names = Array.from({ length: many }, (_, at) => placeholder(at));
    return call(service, "UpdateItem", {
      TableName,
      Key: key("a", "expressions"),
      UpdateExpression: `SET ${names.map((name) => `#${name}=:v`).join(",")}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, `n${name}`])),
      ExpressionAttributeValues: { ":v": { S: "" } },
    });
  };
  const short = (at: number) => at.toString(36);

  test("of 300 operators are taken, of more not", async () => {
    expect([(await update(300, short)).status, (await update(301, short)).status]).toEqual([200, 400]);
  });

  test("of 4 KB are taken, longer ones not", async () => {
    // `SET `, then the name, `#`, `=:v`.
    const one = (length: number) => update(1, () => "n".repeat(length - 8));
    expect((await one(4097)).json.message).toContain("4097");
    expect((await one(4096)).json.message ?? "").not.toContain("4096");
  });
});

describe("values", () => {
  test.each([
    ["38 digits", { N: "12345678901234567890123456789012345678" }, { N: "12345678901234567890123456789012345678" }],
    ["a small number", { N: "1E-130" }, { N: `0.${"0".repeat(129)}1` }],
    ["another spelling of a number", { N: "01.50" }, { N: "1.5" }],
    ["a set", { SS: ["b", "a"] }, { SS: ["b", "a"] }],
    ["binary", { B: "AAEC/w==" }, { B: "AAEC/w==" }],
    ["a set of binary", { BS: ["AA==", "/w=="] }, { BS: ["AA==", "/w=="] }],
    ["empty text and binary", { L: [{ S: "" }, { B: "" }] }, { L: [{ S: "" }, { B: "" }] }],
    ["names that objects have", { M: { constructor: { S: "x" } } }, { M: { constructor: { S: "x" } } }],
  ])("%s is kept", async (_what, value, kept) => {
    expect((await put({ value })).status).toBe(200);
    expect((await stored()).value).toEqual(kept);
  });

  const nested = (depth: number): object => (depth === 0 ? { S: "x" } : { L: [nested(depth - 1)] });
  test.each([
    ["39 digits", { N: "123456789012345678901234567890123456789" }],
    ["a number too large", { N: "1E126" }],
    ["no number", { N: "NaN" }],
    ["an empty set", { SS: [] }],
    ["a set with a value twice", { NS: ["1", "1.0"] }],
    ["two types", { S: "x", N: "1" }],
    ["no type", {}],
    ["33 levels", nested(33)],
  ])("%s is refused", async (_what, value) => {
    expect((await put({ value })).json.__type).toBe("com.amazon.coral.validate#ValidationException");
  });

  test("thousands of levels are refused", async () => {
    const levels = 20_000;
    const value = `${'{"L":['.repeat(levels)}${"]}".repeat(levels)}`;
    const body = `{"TableName":"holdall","Item":{"pk":{"S":"a"},"sk":{"S":"1"},"v":${value}}}`;
    expect((await call(service, "PutItem", body)).json.__type).toBe("com.amazon.coral.validate#ValidationException");
  });

  test("32 levels are kept", async () => {
    expect((await put({ value: nested(32) })).status).toBe(200);
  });

  test("a sum with too many digits is refused", async () => {
    await put({ n: { N: "9".repeat(38) } });
    const { json } = await call(service, "UpdateItem", {
      TableName,
      Key: key("a", "1"),
      UpdateExpression: "ADD n :tenth",
      ExpressionAttributeValues: { ":tenth": { N: "0.1" } },
    });
    expect(json.__type).toBe("com.amazon.coral.validate#ValidationException");
    expect((await stored()).n).toEqual({ N: "9".repeat(38) });
  });
});

test("26 writes in a batch are refused", async () => {
  const requests = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ PutRequest: { Item: key("a", `b${index}`) } }));
  const batch = (count: number) => call(service, "BatchWriteItem", { RequestItems: { holdall: requests(count) } });
  expect([(await batch(25)).status, (await batch(26)).status]).toEqual([200, 400]);
});

test("unprocessed keys keep their projection", async () => {
  const keys = Array.from({ length: 6 }, (_, index) => key("large", String(index)));
  for (const Item of keys)
    await call(service, "PutItem", { TableName, Item: { ...Item, v: { S: "x".repeat(390_000) } } });
  const entry = {
    Keys: keys,
    ProjectionExpression: "#v",
    ExpressionAttributeNames: { "#v": "v" },
    ConsistentRead: true,
  };
  const { json } = await call(service, "BatchGetItem", { RequestItems: { holdall: entry } });
  const { Keys, ...rest } = json.UnprocessedKeys.holdall;
  expect(Keys.length + json.Responses.holdall.length).toBe(6);
  const { Keys: _asked, ...options } = entry;
  expect(rest).toEqual(options);
});
