import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DeleteTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  ListTagsOfResourceCommand,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
  ScanCommand,
  TagResourceCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createDynamoDbService } from "../../../local/dynamodb/create-dynamodb-service.ts";
import type { Service } from "../../../local/service.ts";
import { key, options, serve, tableArn } from "./dynamodb-world.ts";

const TableName = "holdall";
const dataDir = mkdtempSync(join(tmpdir(), "holdall-dynamodb-"));
let service: Service;
let client: DynamoDBClient;
let stop: () => Promise<void>;
beforeAll(async () => {
  service = await createDynamoDbService(options(dataDir));
  ({ client, close: stop } = await serve(service));
});
afterAll(async () => {
  await stop();
  await service.close();
  rmSync(dataDir, { recursive: true });
});

test("an item goes through its life with every type intact", async () => {
  const Item = {
    ...key("alice", "all types"),
    n: { N: "12345678901234567890123456789012345678" },
    b: { B: new Uint8Array([0, 1, 255]) },
    ns: { NS: ["1", "-2.5"] },
    bs: { BS: [new Uint8Array([7])] },
    m: { M: { list: { L: [{ BOOL: true }, { NULL: true as const }, { S: "" }] } } },
  };
  const Key = key("alice", "all types");
  await client.send(new PutItemCommand({ TableName, Item }));
  expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(Item);
  const { Attributes } = await client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: "SET m.#l[0] = :f REMOVE b ADD ns :three",
      ExpressionAttributeNames: { "#l": "list" },
      ExpressionAttributeValues: { ":f": { BOOL: false }, ":three": { NS: ["3"] } },
      ReturnValues: "ALL_NEW",
    }),
  );
  expect(Attributes?.ns).toEqual({ NS: ["1", "-2.5", "3"] });
  expect(Attributes?.m?.M?.list?.L?.[0]).toEqual({ BOOL: false });
  await client.send(new DeleteItemCommand({ TableName, Key }));
  expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toBeUndefined();
});

test("a failed condition shows the item that stood in its way, when asked", async () => {
  const Item = { ...key("alice", "guarded"), rev: { N: "2" } };
  await client.send(new PutItemCommand({ TableName, Item }));
  const guarded = { TableName, Item, ConditionExpression: "attribute_not_exists(pk)" };
  const silent = await client.send(new PutItemCommand(guarded)).catch((error) => error);
  expect(silent).toBeInstanceOf(ConditionalCheckFailedException);
  expect(silent.Item).toBeUndefined();
  const telling = await client
    .send(
      new UpdateItemCommand({
        TableName,
        Key: key("alice", "guarded"),
        UpdateExpression: "SET rev = :new",
        ConditionExpression: "rev = :old",
        ExpressionAttributeValues: { ":old": { N: "1" }, ":new": { N: "2" } },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    )
    .catch((error) => error);
  expect(telling).toMatchObject({ name: "ConditionalCheckFailedException", Item });
  expect(telling.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  const cancelled = await client
    .send(new TransactWriteItemsCommand({ TransactItems: [{ Put: guarded }] }))
    .catch((error) => error);
  expect(cancelled).toBeInstanceOf(TransactionCanceledException);
  expect(cancelled.CancellationReasons).toEqual([
    { Code: "ConditionalCheckFailed", Message: "The conditional request failed" },
  ]);
});

test("pages of a query come in order, by limit and by 1 MB, in both directions", async () => {
  const names = Array.from({ length: 30 }, (_, index) => `item-${String(index).padStart(2, "0")}`);
  for (const name of names)
    await client.send(
      new PutItemCommand({ TableName, Item: { ...key("pages", name), v: { S: "x".repeat(100_000) } } }),
    );
  await client.send(new PutItemCommand({ TableName, Item: key("page", "item-00") }));
  const list = async (input: object) => {
    const found: (string | undefined)[] = [];
    let pages = 0;
    const query = { TableName, KeyConditionExpression: "pk = :p", ExpressionAttributeValues: { ":p": { S: "pages" } } };
    for await (const page of paginateQuery({ client }, { ...query, ...input })) {
      pages += 1;
      for (const item of page.Items ?? []) found.push(item.sk?.S);
    }
    return { found, pages };
  };
  const byLimit = await list({ Limit: 7 });
  expect(byLimit.found).toEqual(names);
  expect(byLimit.pages).toBe(5);
  const bySize = await list({});
  expect(bySize.found).toEqual(names);
  expect(bySize.pages).toBeGreaterThanOrEqual(3);
  expect((await list({ Limit: 4, ScanIndexForward: false })).found).toEqual([...names].reverse());
  const filtered = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :p AND sk >= :s",
      FilterExpression: "attribute_not_exists(v)",
      ExpressionAttributeValues: { ":p": { S: "pages" }, ":s": { S: "item-05" } },
      Limit: 3,
    }),
  );
  expect(filtered).toMatchObject({ Items: [], ScannedCount: 3, LastEvaluatedKey: key("pages", "item-07") });
});

test("batches", async () => {
  const keys = ["1", "2", "3"].map((sk) => key("batch", sk));
  const { UnprocessedItems } = await client.send(
    new BatchWriteItemCommand({ RequestItems: { holdall: keys.map((Item) => ({ PutRequest: { Item } })) } }),
  );
  expect(UnprocessedItems).toEqual({});
  const { Responses } = await client.send(new BatchGetItemCommand({ RequestItems: { holdall: { Keys: keys } } }));
  expect(Responses?.holdall).toHaveLength(3);
  expect((await client.send(new ScanCommand({ TableName, Select: "COUNT" }))).Count).toBeGreaterThanOrEqual(3);
});

describe("tables", () => {
  test("one with an index is made, filled, queried and deleted", async () => {
    const table = { TableName: "by-date" };
    await client.send(
      new CreateTableCommand({
        ...table,
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: ["id", "owner", "date"].map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        GlobalSecondaryIndexes: [
          {
            IndexName: "owner-date",
            KeySchema: [
              { AttributeName: "owner", KeyType: "HASH" },
              { AttributeName: "date", KeyType: "RANGE" },
            ],
            Projection: { ProjectionType: "ALL" },
          },
        ],
      }),
    );
    await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, table);
    const put = (id: string, date: string) =>
      client.send(new PutItemCommand({ ...table, Item: { id: { S: id }, owner: { S: "o" }, date: { S: date } } }));
    await put("a", "2026-02-01");
    await put("b", "2026-01-01");
    await put("a", "2025-01-01");
    const { Items } = await client.send(
      new QueryCommand({
        ...table,
        IndexName: "owner-date",
        KeyConditionExpression: "#o = :o",
        ExpressionAttributeNames: { "#o": "owner" },
        ExpressionAttributeValues: { ":o": { S: "o" } },
      }),
    );
    expect(Items?.map((item) => item.id?.S)).toEqual(["a", "b"]);
    await client.send(new DeleteTableCommand(table));
    await waitUntilTableNotExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, table);
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([TableName]);
    expect((await client.send(new ScanCommand({ TableName, Select: "COUNT" }))).Count).toBeGreaterThan(0);
  });

  test("description, tags, time to live", async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableArn: tableArn,
      TableStatus: "ACTIVE",
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    });
    await client.send(new TagResourceCommand({ ResourceArn: tableArn, Tags: [{ Key: "app", Value: "holdall" }] }));
    const { Tags } = await client.send(new ListTagsOfResourceCommand({ ResourceArn: tableArn }));
    expect(Tags).toEqual([{ Key: "app", Value: "holdall" }]);
    const TimeToLiveSpecification = { AttributeName: "until", Enabled: true };
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "until" });
  });
});
