import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { LoggedRequest } from "../../../local/control/request-log.ts";
import { OidcClient } from "../support/oidc-client.ts";
import { type RoleCredentials, refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

const ALICE = "local|alice-7f3a";
let aws: TestAws;
let alice: RoleCredentials;

beforeAll(async () => {
  aws = await startTestAws();
  alice = await aws.credentialsOf("alice");
});
afterAll(() => aws.dispose());
afterEach(() => aws.control("DELETE", "/faults"));

const fault = (wishes: object) => aws.control("POST", "/faults", wishes);
const put = (key: string, Body: string | Buffer = "x") =>
  aws.s3(alice).send(new PutObjectCommand({ Bucket: aws.bucket, Key: `${ALICE}/${key}`, Body }));
const head = (key: string) => aws.s3(alice).send(new HeadObjectCommand({ Bucket: aws.bucket, Key: `${ALICE}/${key}` }));
const getItem = () =>
  aws.dynamodb(alice).send(new GetItemCommand({ TableName: aws.table, Key: { pk: { S: ALICE }, sk: { S: "x" } } }));

test("error: so many times, then well again; the service's own code unless another is asked for", async () => {
  await fault({ operation: "PutObject", kind: "error", count: 2 });
  expect(await refusal(put("a"))).toMatchObject({ name: "InternalError", status: 500 });
  expect(await refusal(put("a"))).toMatchObject({ name: "InternalError", status: 500 });
  await put("a");
  await fault({ operation: "PutObject", kind: "error", status: 503, code: "ServiceUnavailable" });
  expect(await refusal(put("a"))).toMatchObject({ name: "ServiceUnavailable", status: 503 });
  await fault({ operation: "GetItem", kind: "error" });
  expect(await refusal(getItem())).toMatchObject({ name: "InternalServerError", status: 500 });
});

test("throttle: SlowDown from S3, its like from DynamoDB and STS", async () => {
  await fault({ operation: "*", kind: "throttle", count: null });
  expect(await refusal(put("a"))).toMatchObject({ name: "SlowDown", status: 503 });
  expect(await refusal(getItem())).toMatchObject({ name: "ProvisionedThroughputExceededException", status: 400 });
  expect(await refusal(aws.credentialsOf("alice"))).toMatchObject({ name: "Throttling", status: 400 });
  await aws.control("DELETE", "/faults");
  await put("a");
});

test("delay: the request waits, and works", async () => {
  await fault({ operation: "GetItem", kind: "delay", ms: 150 });
  const started = performance.now();
  await getItem();
  expect(performance.now() - started).toBeGreaterThanOrEqual(149);
});

test("cutBefore: nothing was done; cutAfter: it was done, and the answer is lost", async () => {
  await fault({ operation: "PutObject", kind: "cutBefore" });
  await refusal(put("before"));
  expect((await refusal(head("before"))).status).toBeGreaterThanOrEqual(403);
  await fault({ operation: "PutObject", kind: "cutAfter" });
  await refusal(put("after"));
  expect((await head("after")).ContentLength).toBe(1);
  await fault({ operation: "PutItem", kind: "cutAfter" });
  await refusal(
    aws.dynamodb(alice).send(new PutItemCommand({ TableName: aws.table, Item: { pk: { S: ALICE }, sk: { S: "x" } } })),
  );
  expect((await getItem()).Item).toBeDefined();
});

test("cut in the middle: an upload leaves nothing, a download ends early", async () => {
  const body = Buffer.alloc(1_000_000, "x");
  await fault({ operation: "PutObject", kind: "cutBefore", afterBytes: 300_000 });
  await refusal(put("half", body));
  expect((await refusal(head("half"))).status).toBeGreaterThanOrEqual(403);
  await put("whole", body);
  await fault({ operation: "GetObject", kind: "cutAfter", afterBytes: 300_000 });
  const answer = await aws.s3(alice).send(new GetObjectCommand({ Bucket: aws.bucket, Key: `${ALICE}/whole` }));
  expect(answer.ContentLength).toBe(1_000_000);
  await expect(answer.Body?.transformToByteArray()).rejects.toThrow();
});

test("a path narrows a switch to one object", async () => {
  await fault({ operation: "PutObject", kind: "error", path: "unlucky" });
  await put("lucky");
  await refusal(put("unlucky"));
});

test("a refused request uses nothing up", async () => {
  await fault({ operation: "PutObject", kind: "error" });
  const stranger = aws.s3({ ...alice, secretAccessKey: "wrong" });
  await refusal(stranger.send(new PutObjectCommand({ Bucket: aws.bucket, Key: `${ALICE}/x`, Body: "x" })));
  expect(await aws.control("GET", "/faults")).toHaveLength(1);
});

describe("the provider and STS", () => {
  test("token: an error, a lost answer, a cut", async () => {
    const client = await OidcClient.discover(aws.info);
    await fault({ operation: "token", kind: "error", status: 400, code: "temporarily_unavailable" });
    await expect(client.refresh("x")).rejects.toMatchObject({ error: "temporarily_unavailable", status: 400 });
    for (const kind of ["cutBefore", "cutAfter"]) {
      await fault({ operation: "token", kind });
      await expect(client.refresh("x")).rejects.toThrow(TypeError);
    }
    await expect(client.refresh("x")).rejects.toMatchObject({ error: "invalid_grant" });
  });

  test("AssumeRoleWithWebIdentity: with any code", async () => {
    await fault({ operation: "AssumeRoleWithWebIdentity", kind: "error", status: 400, code: "IDPCommunicationError" });
    expect(await refusal(aws.credentialsOf("alice"))).toMatchObject({ name: "IDPCommunicationErrorException" });
    await fault({ operation: "AssumeRoleWithWebIdentity", kind: "cutAfter" });
    await refusal(aws.credentialsOf("alice"));
    await aws.credentialsOf("alice");
  });
});

describe("the log", () => {
  const requests = async (since = 0) => (await aws.control("GET", `/requests?since=${since}`)) as LoggedRequest[];

  test("names service, operation, status, who, what, and bytes; a cut request has status 0", async () => {
    await aws.control("DELETE", "/requests");
    await put("logged", Buffer.alloc(5000));
    await fault({ operation: "PutObject", kind: "cutAfter" });
    await refusal(put("lost"));
    const [first, second] = await requests();
    expect(first).toMatchObject({
      service: "s3",
      operation: "PutObject",
      status: 200,
      identity: ALICE,
      key: `${ALICE}/logged`,
      code: null,
    });
    expect(first?.bytesIn).toBeGreaterThan(5000);
    expect(second).toMatchObject({ operation: "PutObject", status: 0 });
    expect(await requests(second?.n)).toEqual([]);
  });

  test("a refusal is logged with its code, and no secret ever is", async () => {
    await refusal(
      aws.s3({ ...alice, secretAccessKey: "wrong" }).send(new GetObjectCommand({ Bucket: aws.bucket, Key: "x" })),
    );
    const log = JSON.stringify(await requests());
    expect(log).toContain("SignatureDoesNotMatch");
    expect(log).not.toContain(alice.sessionToken.slice(0, 40));
    expect(log).not.toContain(alice.secretAccessKey);
  });
});

describe("the control server", () => {
  test.each<[string, string, object | string]>([
    ["POST", "/faults", { operation: "PutObject", kind: "explode" }],
    ["POST", "/faults", { kind: "error" }],
    ["POST", "/faults", { operation: "PutObject", kind: "delay", ms: "long" }],
    ["POST", "/issuer/tokens", { person: "mallory" }],
    ["POST", "/issuer/tokens", "{"],
    ["POST", "/issuer/tokens", "[]"],
  ])("%s %s %j is refused with a reason", async (method, path, body) => {
    const sent = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await fetch(`${aws.info.control}${path}`, { method, body: sent });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toHaveProperty("error");
  });

  test("web pages may not use it, and an unknown route lists the known ones", async () => {
    const page = await fetch(`${aws.info.control}/faults`, { headers: { origin: "https://app.example" } });
    expect(page.status).toBe(403);
    const unknown = await fetch(`${aws.info.control}/constructor`);
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain("POST /faults");
  });
});
