import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type RoleCredentials, refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

const SUBJECT = "local|alice-7f3a";
const MINUTE = 60_000;
let aws: TestAws;
let alice: RoleCredentials;

const getObject = () => new GetObjectCommand({ Bucket: aws.bucket, Key: `${SUBJECT}/a b+ü.txt` });
const getItem = () => new GetItemCommand({ TableName: aws.table, Key: { pk: { S: SUBJECT }, sk: { S: "one" } } });

beforeAll(async () => {
  aws = await startTestAws();
  alice = await aws.credentialsOf("alice");
  await aws.s3(alice).send(new PutObjectCommand({ ...getObject().input, Body: "hello" }));
  await aws
    .dynamodb(alice)
    .send(new PutItemCommand({ TableName: aws.table, Item: { pk: { S: SUBJECT }, sk: { S: "one" } } }));
});
afterAll(() => aws.dispose());
afterEach(() => aws.control("POST", "/clock", { offsetMs: 0 }));

test("the SDK's own requests pass", async () => {
  expect(await (await aws.s3(alice).send(getObject())).Body?.transformToString()).toBe("hello");
  expect((await aws.dynamodb(alice).send(getItem())).Item).toMatchObject({ sk: { S: "one" } });
});

describe.each<[string, () => Partial<RoleCredentials>, string, string]>([
  ["wrong secret", () => ({ secretAccessKey: "wrong" }), "SignatureDoesNotMatch", "InvalidSignatureException"],
  ["unknown key", () => ({ accessKeyId: "ASIAAAAAAAAAAAAAAAAA" }), "InvalidAccessKeyId", "UnrecognizedClientException"],
  [
    "a prototype's property as key",
    () => ({ accessKeyId: "constructor" }),
    "InvalidAccessKeyId",
    "UnrecognizedClientException",
  ],
  ["wrong token", () => ({ sessionToken: "wrong" }), "InvalidToken", "UnrecognizedClientException"],
])("%s", (_name, change, s3Code, dynamodbCode) => {
  test("is refused by S3 and DynamoDB", async () => {
    const wrong = { ...alice, ...change() };
    expect(await refusal(aws.s3(wrong).send(getObject()))).toMatchObject({ name: s3Code });
    expect(await refusal(aws.dynamodb(wrong).send(getItem()))).toMatchObject({ name: dynamodbCode, status: 400 });
  });
});

test("credentials without their session token", async () => {
  const { accessKeyId, secretAccessKey } = alice;
  const bare = { accessKeyId, secretAccessKey } as RoleCredentials;
  expect(await refusal(aws.s3(bare).send(getObject()))).toMatchObject({ name: "InvalidToken" });
  expect(await refusal(aws.dynamodb(bare).send(getItem()))).toMatchObject({ name: "UnrecognizedClientException" });
});

test("bob's token does not fit alice's key", async () => {
  const bob = await aws.credentialsOf("bob");
  expect(await refusal(aws.s3({ ...alice, sessionToken: bob.sessionToken }).send(getObject()))).toMatchObject({
    name: "InvalidToken",
  });
});

test("another region", async () => {
  expect(await refusal(aws.s3(alice, "us-east-1").send(getObject()))).toMatchObject({
    name: "AuthorizationHeaderMalformed",
    status: 400,
    region: "eu-central-1",
  });
  expect(await refusal(aws.dynamodb(alice, "us-east-1").send(getItem()))).toMatchObject({
    name: "InvalidSignatureException",
  });
});

test("a request signed for the other service", async () => {
  const answer = await fetch(aws.info.endpoints.s3, { headers: await signedFor("dynamodb") });
  expect(await answer.text()).toMatch(/AuthorizationHeaderMalformed.*incorrect service/s);
});

/** Headers with a credential of another service; the rest is never reached. */
async function signedFor(service: string): Promise<Record<string, string>> {
  const date = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const credential = `${alice.accessKeyId}/${date.slice(0, 8)}/${aws.region}/${service}/aws4_request`;
  return {
    "x-amz-date": date,
    "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
    authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${"0".repeat(64)}`,
  };
}

test("no signature at all", async () => {
  const answer = await fetch(`${aws.info.endpoints.s3}/${aws.bucket}/${encodeURIComponent(SUBJECT)}/x`);
  expect(answer.status).toBe(403);
  expect(await answer.text()).toContain("<Code>AccessDenied</Code>");
  const json = await fetch(aws.info.endpoints.dynamodb, {
    method: "POST",
    body: "{}",
    headers: { "x-amz-target": "DynamoDB_20120810.GetItem" },
  });
  expect(await json.text()).toContain("MissingAuthenticationTokenException");
});

describe("time", () => {
  test.each([
    [14 * MINUTE, true],
    [16 * MINUTE, false],
    [-14 * MINUTE, true],
    [-16 * MINUTE, false],
  ])("a clock that is %i ms off: accepted %s", async (offsetMs, accepted) => {
    await aws.control("POST", "/clock", { offsetMs });
    const s3 = () => aws.s3(alice).send(getObject());
    const dynamodb = () => aws.dynamodb(alice).send(getItem());
    if (accepted) await Promise.all([s3(), dynamodb()]);
    else {
      expect(await refusal(s3())).toMatchObject({ name: "RequestTimeTooSkewed", status: 403 });
      expect(await refusal(dynamodb())).toMatchObject({ name: "InvalidSignatureException", status: 400 });
    }
  });

  test("the Date header is the server's time, so a client can correct its own, and the SDK does", async () => {
    await aws.control("POST", "/clock", { offsetMs: 30 * MINUTE });
    const client = aws.s3(alice);
    expect(await refusal(client.send(getObject()))).toMatchObject({ name: "RequestTimeTooSkewed" });
    expect(await (await client.send(getObject())).Body?.transformToString()).toBe("hello");
  });

  test("a session that is over, and the session of someone who signed in again", async () => {
    const session = await aws.credentialsOf("alice");
    await aws.control("POST", "/sessions/expire");
    expect(await refusal(aws.s3(session).send(getObject()))).toMatchObject({ name: "ExpiredToken", status: 400 });
    expect(await refusal(aws.dynamodb(session).send(getItem()))).toMatchObject({
      name: "ExpiredTokenException",
      status: 400,
    });
    alice = await aws.credentialsOf("alice");
    await aws.s3(alice).send(getObject());
  });
});

describe("presigned URLs", () => {
  const presign = (expiresIn = 60) => getSignedUrl(aws.s3(alice), getObject(), { expiresIn });

  test("one that is untouched works", async () => {
    const answer = await fetch(await presign());
    expect(await answer.text()).toBe("hello");
  });

  test.each<[string, (url: URL) => void]>([
    ["another key", (url) => (url.pathname = url.pathname.replace(".txt", ".png"))],
    ["a longer life", (url) => url.searchParams.set("X-Amz-Expires", "604800")],
    [
      "another date",
      (url) => url.searchParams.set("X-Amz-Date", url.searchParams.get("X-Amz-Date")?.replace(/..Z$/, "00Z") ?? ""),
    ],
    ["an added parameter", (url) => url.searchParams.set("response-content-type", "text/html")],
    ["another signature", (url) => url.searchParams.set("X-Amz-Signature", "0".repeat(64))],
  ])("%s breaks it", async (_name, tamper) => {
    const url = new URL(await presign());
    const before = url.href;
    tamper(url);
    if (url.href === before) url.searchParams.set("X-Amz-Date", "20200101T000000Z");
    const answer = await fetch(url);
    expect([400, 403]).toContain(answer.status);
    expect(await answer.text()).toMatch(/SignatureDoesNotMatch|AuthorizationHeaderMalformed/);
  });

  test("another method breaks it", async () => {
    const answer = await fetch(await presign(), { method: "DELETE" });
    expect(await answer.text()).toContain("SignatureDoesNotMatch");
  });

  test("it ends when it says, and with the session that signed it", async () => {
    const url = await presign(60);
    await aws.control("POST", "/clock", { offsetMs: 59_000 });
    expect((await fetch(url)).status).toBe(200);
    await aws.control("POST", "/clock", { offsetMs: 61_000 });
    expect(await (await fetch(url)).text()).toContain("Request has expired");
    const long = await presign(24 * 3600);
    await aws.control("POST", "/clock", { offsetMs: 2 * 3600_000 });
    expect(await (await fetch(long)).text()).toContain("<Code>ExpiredToken</Code>");
  });

  test("an added x-amz- header that was not signed is refused", async () => {
    const answer = await fetch(await presign(), { headers: { "x-amz-meta-added": "by someone on the way" } });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("not signed");
  });

  test("a presigned PUT takes what was hoisted into the query", async () => {
    const command = new PutObjectCommand({
      Bucket: aws.bucket,
      Key: `${SUBJECT}/put.txt`,
      Metadata: { who: "alice" },
    });
    const client = aws.s3(alice);
    // Otherwise the presigner signs the checksum of an empty body.
    client.config.requestChecksumCalculation = async () => "WHEN_REQUIRED";
    const answer = await fetch(await getSignedUrl(client, command), { method: "PUT", body: "hello" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    const stored = await aws.s3(alice).send(new GetObjectCommand(command.input));
    expect(stored.Metadata).toEqual({ who: "alice" });
  });
});

test("no answer carries a CORS header, and a preflight is refused", async () => {
  const url = `${aws.info.endpoints.s3}/${aws.bucket}/x`;
  const headers = { origin: "https://app.example", "access-control-request-method": "PUT" };
  for (const answer of [await fetch(url, { method: "OPTIONS", headers }), await fetch(url, { headers })]) {
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  }
});
