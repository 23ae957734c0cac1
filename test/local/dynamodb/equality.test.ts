import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDynamoDbService } from "../../../local/dynamodb/create-dynamodb-service.ts";
import type { Service } from "../../../local/service.ts";
import { call, key, options } from "./dynamodb-world.ts";

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

const Key = key("alice", "1");
const store = (item: object) => call(service, "PutItem", { TableName, Item: { ...Key, ...item } });

/** How DynamoDB's three ways to compare find `stored` and `value`: each must say the same. */
async function equal(stored: object, value: object): Promise<boolean> {
  await store({ a: stored, b: value });
  const put = (condition: object) =>
    call(service, "PutItem", { TableName, Item: { ...Key, a: stored, b: value }, ...condition });
  const ExpressionAttributeValues = { ":v": value };
  const names = { ExpressionAttributeNames: { "#a": "a", "#b": "b" } };
  const query = {
    TableName,
    KeyConditionExpression: "pk = :p",
    FilterExpression: "a = :v",
    ExpressionAttributeValues: { ...ExpressionAttributeValues, ":p": { S: "alice" } },
  };
  const answers = [
    (await put({ ConditionExpression: "a = :v", ExpressionAttributeValues })).status === 200,
    (await put({ ConditionExpression: "a <> :v", ExpressionAttributeValues })).status === 400,
    (await put({ ConditionExpression: "a IN (:v)", ExpressionAttributeValues })).status === 200,
    (await put({ ConditionExpression: "#a = #b", ...names })).status === 200,
    (await put({ Expected: { a: { Value: value } } })).status === 200,
    (await put({ Expected: { a: { ComparisonOperator: "EQ", AttributeValueList: [value] } } })).status === 200,
    (await call(service, "Query", query)).json.Count === 1,
  ];
  expect(new Set(answers).size, JSON.stringify({ stored, value, answers })).toBe(1);
  return answers[0] === true;
}

describe("maps and lists are compared by what is in them", () => {
  test.each<[string, object, object, boolean]>([
    ["equal maps", { M: { x: { S: "1" }, y: { N: "1" } } }, { M: { y: { N: "1.0" }, x: { S: "1" } } }, true],
    ["other value", { M: { x: { S: "1" } } }, { M: { x: { S: "2" } } }, false],
    ["other type", { M: { x: { S: "1" } } }, { M: { x: { N: "1" } } }, false],
    ["one member more", { M: { x: { S: "1" } } }, { M: { x: { S: "1" }, y: { S: "" } } }, false],
    ["equal lists", { L: [{ S: "1" }, { M: {} }] }, { L: [{ S: "1" }, { M: {} }] }, true],
    ["another order", { L: [{ S: "1" }, { S: "2" }] }, { L: [{ S: "2" }, { S: "1" }] }, false],
    ["a shorter list", { L: [{ S: "1" }, { S: "1" }] }, { L: [{ S: "1" }] }, false],
    ["empty", { L: [] }, { L: [] }, true],
    ["empty map and list", { M: {} }, { L: [] }, false],
    ["sets inside, in another order", { M: { s: { SS: ["a", "b"] } } }, { M: { s: { SS: ["b", "a"] } } }, true],
    ["swapped maps", { L: [{ M: { x: { S: "1" } } }, { M: {} }] }, { L: [{ M: {} }, { M: { x: { S: "1" } } }] }, false],
  ])("%s", async (_what, stored, value, same) => {
    expect(await equal(stored, value)).toBe(same);
  });

  const values = fc.letrec<{ value: object }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<object>({ S: "a" }, { S: "b" }, { N: "1" }, { BOOL: true }, { NULL: true }, { SS: ["a", "b"] }),
      fc.array(tie("value"), { maxLength: 3 }).map((L) => ({ L })),
      fc.dictionary(fc.constantFrom("x", "y", "toString"), tie("value"), { maxKeys: 3 }).map((M) => ({ M: { ...M } })),
    ),
  })).value;

  test("whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(values, values, async (a, b) => {
        expect(await equal(a, structuredClone(a))).toBe(true);
        if (JSON.stringify(a).length !== JSON.stringify(b).length) expect(await equal(a, b)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

test("an update leaves alone what merely equals the value it writes", async () => {
  const map = { M: { x: { S: "1" } } };
  await store({ a: map, b: map });
  await call(service, "UpdateItem", {
    TableName,
    Key,
    UpdateExpression: "SET a.x = :new, c = :map",
    ConditionExpression: "b = :map",
    ExpressionAttributeValues: { ":new": { S: "2" }, ":map": map },
  });
  const { Item } = (await call(service, "GetItem", { TableName, Key })).json;
  expect(Item).toEqual({ ...Key, a: { M: { x: { S: "2" } } }, b: map, c: map });
});
