import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

const ALICE = "local|alice-7f3a";
const BOB = "local|bob-c21d";
let aws: TestAws;
let dynamodb: DynamoDBClient;

const item = (owner: string, sk = "note") => ({ pk: { S: owner }, sk: { S: sk } });

beforeAll(async () => {
  aws = await startTestAws();
  // What is refused must exist, or the refusal proves nothing.
  for (const [person, subject] of [
    ["alice", ALICE],
    ["bob", BOB],
  ] as const) {
    const client = aws.dynamodb(await aws.credentialsOf(person));
    await client.send(new PutItemCommand({ TableName: aws.table, Item: item(subject) }));
  }
  dynamodb = aws.dynamodb(await aws.credentialsOf("alice"));
});
afterAll(() => aws.dispose());

describe("items: one's own allowed, another's denied", () => {
  const TableName = "holdall-local";
  const cases: [string, (owner: string) => Promise<unknown>][] = [
    ["get", (owner) => dynamodb.send(new GetItemCommand({ TableName, Key: item(owner) }))],
    ["put", (owner) => dynamodb.send(new PutItemCommand({ TableName, Item: item(owner, "new") }))],
    [
      "update",
      (owner) =>
        dynamodb.send(
          new UpdateItemCommand({
            TableName,
            Key: item(owner, "new"),
            UpdateExpression: "SET a = :a",
            ExpressionAttributeValues: { ":a": { N: "1" } },
          }),
        ),
    ],
    ["delete", (owner) => dynamodb.send(new DeleteItemCommand({ TableName, Key: item(owner, "new") }))],
    [
      "query",
      (owner) =>
        dynamodb.send(
          new QueryCommand({
            TableName,
            KeyConditionExpression: "pk = :p",
            ExpressionAttributeValues: { ":p": { S: owner } },
          }),
        ),
    ],
    [
      "batch get, mixed",
      (owner) =>
        dynamodb.send(
          new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys: [item(ALICE), item(owner, "other")] } } }),
        ),
    ],
    [
      "batch write, mixed",
      (owner) =>
        dynamodb.send(
          new BatchWriteItemCommand({
            RequestItems: {
              [TableName]: [{ PutRequest: { Item: item(ALICE, "b1") } }, { PutRequest: { Item: item(owner, "b2") } }],
            },
          }),
        ),
    ],
    [
      "transaction, mixed",
      (owner) =>
        dynamodb.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              { Put: { TableName, Item: item(ALICE, "t1") } },
              { Put: { TableName, Item: item(owner, "t2") } },
            ],
          }),
        ),
    ],
    [
      "transaction that only looks",
      (owner) =>
        dynamodb.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              { Put: { TableName, Item: item(ALICE, "t3") } },
              { ConditionCheck: { TableName, Key: item(owner), ConditionExpression: "attribute_exists(pk)" } },
            ],
          }),
        ),
    ],
  ];
  test.each(cases)("%s", async (_name, ask) => {
    await ask(ALICE);
    expect(await refusal(ask(BOB))).toMatchObject({ name: "AccessDeniedException", status: 400 });
    expect(await refusal(ask(`${ALICE}x`))).toMatchObject({ name: "AccessDeniedException" });
  });

  test("a mixed batch writes nothing at all", async () => {
    await refusal(
      dynamodb.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [TableName]: [{ PutRequest: { Item: item(ALICE, "never") } }, { PutRequest: { Item: item(BOB, "never") } }],
          },
        }),
      ),
    );
    expect((await dynamodb.send(new GetItemCommand({ TableName, Key: item(ALICE, "never") }))).Item).toBeUndefined();
  });

  test("a site's partition of one's own is allowed, another's is not", async () => {
    await dynamodb.send(new PutItemCommand({ TableName, Item: item(`${ALICE}#app#notes.example`) }));
    const others = new PutItemCommand({ TableName, Item: item(`${BOB}#app#notes.example`) });
    expect(await refusal(dynamodb.send(others))).toMatchObject({ name: "AccessDeniedException" });
  });

  test("Scan and PartiQL are denied", async () => {
    expect(await refusal(dynamodb.send(new ScanCommand({ TableName })))).toMatchObject({
      name: "AccessDeniedException",
    });
    const Statement = `SELECT * FROM "${TableName}" WHERE pk = '${ALICE}'`;
    expect((await refusal(dynamodb.send(new ExecuteStatementCommand({ Statement })))).status).toBe(400);
  });

  test("another table", async () => {
    expect(await refusal(dynamodb.send(new GetItemCommand({ TableName: "other", Key: item(ALICE) })))).toMatchObject({
      name: "AccessDeniedException",
    });
  });
});
