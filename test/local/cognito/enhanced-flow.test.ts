import { GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LoggedRequest } from "../../../local/control/request-log.ts";
import { CognitoClient } from "../../support/cognito-client.ts";
import { refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

let aws: TestAws;
let cognito: CognitoClient;
let Bucket: string;
let TableName: string;
beforeAll(async () => {
  aws = await startTestAws();
  cognito = new CognitoClient(aws.info);
  Bucket = aws.info.profiles[1].bucket.name;
  TableName = aws.info.profiles[1].table.name;
});
afterAll(() => aws.dispose());

const signIn = async (person: string) => cognito.signIn(await aws.idToken({ person }));

test("the profile's pool lies in its region, and its bucket and table are its own", () => {
  const [local, pool] = aws.info.profiles;
  expect(pool.credentials).toMatchObject({ kind: "identityPool" });
  expect(cognito.poolId).toMatch(/^eu-central-1:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(pool.bucket.name).not.toBe(local.bucket.name);
  expect(pool.table.name).not.toBe(local.table.name);
});

test("a login has one identity id, whatever token it comes with, and another person has another", async () => {
  const first = await cognito.getId(await aws.idToken({ person: "alice" }));
  const again = await cognito.getId(await aws.idToken({ person: "alice", expiresIn: 60 }));
  const bob = await cognito.getId(await aws.idToken({ person: "bob" }));
  expect(first.status).toBe(200);
  expect(first.json).toEqual({ IdentityId: expect.stringMatching(/^eu-central-1:[0-9a-f-]{36}$/) });
  expect(again.json).toEqual(first.json);
  expect(bob.json.IdentityId).not.toBe(first.json.IdentityId);
});

test("the answer has AWS's shape: seconds, an hour from now, and the name that Cognito gives its sessions", async () => {
  const token = await aws.idToken({ person: "alice" });
  const { json: id } = await cognito.getId(token);
  const { json, headers } = await cognito.getCredentials(String(id.IdentityId), token);
  expect(headers.get("content-type")).toBe("application/x-amz-json-1.1");
  expect(json).toEqual({
    IdentityId: id.IdentityId,
    Credentials: {
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      SecretKey: expect.any(String),
      SessionToken: expect.any(String),
      Expiration: expect.any(Number),
    },
  });
  const { expiration, credentials } = await signIn("alice");
  expect(expiration - Date.now() / 1000).toBeGreaterThan(3590);
  expect(expiration - Date.now() / 1000).toBeLessThanOrEqual(3600);
  const refused = await refusal(aws.s3(credentials).send(new ListObjectsV2Command({ Bucket })));
  expect(refused.message).toContain("assumed-role/holdall-pool-person/CognitoIdentityCredentials");
});

describe("the session's rights", () => {
  test("are the identity's own folder and partition, in the pool's bucket and table", async () => {
    const { identity, credentials } = await signIn("alice");
    const object = { Bucket, Key: `${identity}/a.txt` };
    const key = { pk: { S: identity }, sk: { S: "a" } };
    await aws.s3(credentials).send(new PutObjectCommand({ ...object, Body: "mine" }));
    await aws.s3(credentials).send(new ListObjectsV2Command({ Bucket, Prefix: `${identity}/` }));
    await aws.dynamodb(credentials).send(new PutItemCommand({ TableName, Item: key }));
    const read = await aws.dynamodb(credentials).send(new GetItemCommand({ TableName, Key: key }));
    expect(read.Item).toEqual(key);
  });

  test("end at another identity's, at the token's subject, and at the other profile's bucket and table", async () => {
    const { identity, credentials } = await signIn("alice");
    const bob = (await signIn("bob")).identity;
    const s3 = aws.s3(credentials);
    const dynamodb = aws.dynamodb(credentials);
    const query = (table: string, subject: string) => () =>
      dynamodb.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": { S: subject } },
        }),
      );
    const refusals = [
      () => s3.send(new GetObjectCommand({ Bucket, Key: `${bob}/a.txt` })),
      () => s3.send(new ListObjectsV2Command({ Bucket, Prefix: `${bob}/` })),
      () => s3.send(new GetObjectCommand({ Bucket, Key: "local|alice-7f3a/a.txt" })),
      () => s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key: `${identity}/a.txt`, Body: "" })),
    ];
    for (const attempt of refusals)
      expect(await refusal(attempt())).toMatchObject({ name: "AccessDenied", status: 403 });
    for (const attempt of [query(TableName, bob), query(TableName, "local|alice-7f3a"), query(aws.table, identity)]) {
      expect(await refusal(attempt())).toMatchObject({ name: "AccessDeniedException", status: 400 });
    }
  });

  test("do not reach from the web identity's role into the pool's bucket", async () => {
    const { identity } = await signIn("alice");
    const credentials = await aws.credentialsOf("alice");
    for (const Key of [`${identity}/a.txt`, "local|alice-7f3a/a.txt"]) {
      expect(await refusal(aws.s3(credentials).send(new GetObjectCommand({ Bucket, Key })))).toMatchObject({
        name: "AccessDenied",
      });
    }
  });
});

test("after a merge the credentials are those of another identity than was asked for", async () => {
  const before = await signIn("alice");
  const merge = (await aws.control("POST", "/cognito/merge", { person: "alice" })) as Record<string, string>;
  expect(merge.asked).toBe(before.identity);
  const token = await aws.idToken({ person: "alice" });
  expect((await cognito.getId(token)).json.IdentityId).toBe(merge.asked);
  const after = await cognito.signIn(token);
  expect(after.identity).toBe(merge.answered);
  expect(after.identity).not.toBe(before.identity);
  const s3 = aws.s3(after.credentials);
  await s3.send(new PutObjectCommand({ Bucket, Key: `${after.identity}/a.txt`, Body: "" }));
  expect(await refusal(s3.send(new GetObjectCommand({ Bucket, Key: `${before.identity}/a.txt` })))).toMatchObject({
    name: "AccessDenied",
  });
  await aws.control("DELETE", "/cognito/merge");
  expect((await signIn("alice")).identity).toBe(before.identity);
});

test("identity ids and sessions outlive a restart", async () => {
  const first = await startTestAws();
  const before = await new CognitoClient(first.info).signIn(await first.idToken({ person: "bob" }));
  await first.close();
  const second = await startTestAws({ dataDir: first.dataDir, ports: first.ports });
  try {
    const after = await new CognitoClient(second.info).signIn(await second.idToken({ person: "bob" }));
    expect(after.identity).toBe(before.identity);
    const own = { Bucket, Prefix: `${before.identity}/` };
    await second.s3(before.credentials).send(new ListObjectsV2Command(own));
  } finally {
    await second.dispose();
  }
});

test("the log names service, operation and identity, and holds no secret", async () => {
  await aws.control("DELETE", "/requests");
  const token = await aws.idToken({ person: "alice" });
  const { identity, credentials } = await cognito.signIn(token);
  const log = (await aws.control("GET", "/requests")) as LoggedRequest[];
  const seen = log.filter(({ service }) => service === "cognito-identity");
  expect(seen.map(({ operation, status, identity: who }) => [operation, status, who])).toEqual([
    ["GetId", 200, identity],
    ["GetCredentialsForIdentity", 200, identity],
  ]);
  const text = JSON.stringify(log);
  for (const secret of [token, credentials.secretAccessKey, credentials.sessionToken]) {
    expect(text).not.toContain(secret);
  }
});

test("fault switches hit it as they hit the other services", async () => {
  const token = await aws.idToken({ person: "alice" });
  const fault = (kind: string, more: object = {}) =>
    aws.control("POST", "/faults", { operation: "GetId", kind, ...more });
  await fault("throttle");
  expect(await cognito.getId(token)).toMatchObject({
    status: 400,
    json: { __type: "TooManyRequestsException", message: "Rate exceeded" },
  });
  await fault("error");
  expect(await cognito.getId(token)).toMatchObject({ status: 500, json: { __type: "InternalErrorException" } });
  await fault("error", { code: "ResourceConflictException", status: 409 });
  expect(await cognito.getId(token)).toMatchObject({ status: 409, json: { __type: "ResourceConflictException" } });
  await fault("cutAfter");
  await expect(cognito.getId(token)).rejects.toThrow();
  expect((await cognito.getId(token)).status).toBe(200);
});
