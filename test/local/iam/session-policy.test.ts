import { GetItemCommand, PutItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

const ALICE = "local|alice-7f3a";
const BOB = "local|bob-c21d";
const SITE = `${ALICE}/apps/notes.example`;
const BUCKET = "arn:aws:s3:::holdall-local";
const TABLE = "arn:aws:dynamodb:eu-central-1:111122223333:table/holdall-local";
let aws: TestAws;

beforeAll(async () => {
  aws = await startTestAws();
});
afterAll(() => aws.dispose());

const allow = (...Statement: object[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: Statement.map((statement) => ({ Effect: "Allow", ...statement })),
  });
const put = (Key: string) => new PutObjectCommand({ Bucket: "holdall-local", Key, Body: "x" });
const get = (Key: string) => new GetObjectCommand({ Bucket: "holdall-local", Key });
const item = (owner: string) => ({ pk: { S: owner }, sk: { S: "x" } });

test("a site's session reaches its folder and its partition, and nothing else of the person's", async () => {
  const Policy = allow(
    { Action: ["s3:GetObject", "s3:PutObject"], Resource: `${BUCKET}/${SITE}/*` },
    {
      Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
      Resource: TABLE,
      Condition: {
        "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [`${ALICE}#app#notes.example`] },
        Null: { "dynamodb:LeadingKeys": "false" },
      },
    },
  );
  const person = await aws.credentialsOf("alice");
  const site = await aws.credentialsOf("alice", { Policy });
  await aws.s3(person).send(put(`${ALICE}/private.txt`));

  await aws.s3(site).send(put(`${SITE}/a.txt`));
  await aws.s3(site).send(get(`${SITE}/a.txt`));
  for (const key of [
    `${ALICE}/private.txt`,
    `${ALICE}/apps/notes.example.evil/a.txt`,
    `${ALICE}/apps/other.example/a.txt`,
  ]) {
    const refused = await refusal(aws.s3(site).send(put(key)));
    expect(refused).toMatchObject({ name: "AccessDenied", status: 403 });
    expect(refused.message).toContain("no session policy allows");
  }
  const list = new ListObjectsV2Command({ Bucket: "holdall-local", Prefix: `${SITE}/` });
  expect(await refusal(aws.s3(site).send(list))).toMatchObject({ name: "AccessDenied" });
  await aws.s3(person).send(list);

  const TableName = "holdall-local";
  await aws.dynamodb(site).send(new PutItemCommand({ TableName, Item: item(`${ALICE}#app#notes.example`) }));
  expect(await refusal(aws.dynamodb(site).send(new PutItemCommand({ TableName, Item: item(ALICE) })))).toMatchObject({
    name: "AccessDeniedException",
  });
  expect(
    await refusal(aws.dynamodb(site).send(new GetItemCommand({ TableName, Key: item(`${ALICE}#app#other.example`) }))),
  ).toMatchObject({ name: "AccessDeniedException" });
});

test("a session policy adds nothing to what the role allows", async () => {
  const everything = await aws.credentialsOf("alice", { Policy: allow({ Action: "*", Resource: "*" }) });
  await aws.s3(everything).send(put(`${ALICE}/own.txt`));
  const refused = await refusal(aws.s3(everything).send(put(`${BOB}/not-mine.txt`)));
  expect(refused.message).toContain("no identity-based policy allows");
  expect(await refusal(aws.dynamodb(everything).send(new ScanCommand({ TableName: "holdall-local" })))).toMatchObject({
    name: "AccessDeniedException",
  });
});

test("a Deny in a session policy wins", async () => {
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: "*", Resource: "*" },
      { Effect: "Deny", Action: "s3:PutObject", Resource: `${BUCKET}/${ALICE}/locked/*` },
    ],
  });
  const session = await aws.credentialsOf("alice", { Policy });
  await aws.s3(session).send(put(`${ALICE}/open/x`));
  expect(await refusal(aws.s3(session).send(put(`${ALICE}/locked/x`)))).toMatchObject({ name: "AccessDenied" });
});

test("wildcards written out with IAM's escapes stand for themselves", async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM's spelling of the star itself
  const Policy = allow({ Action: "s3:PutObject", Resource: `${BUCKET}/${ALICE}/${"${*}"}/x` });
  const session = await aws.credentialsOf("alice", { Policy });
  await aws.s3(session).send(put(`${ALICE}/*/x`));
  expect(await refusal(aws.s3(session).send(put(`${ALICE}/other/x`)))).toMatchObject({ name: "AccessDenied" });
});

test("people that a test brings along are kept apart like all others", async () => {
  const zoe = await aws.assumeRole(await aws.idToken({ subject: "zoë.0" }));
  await aws.s3(zoe).send(put("zoë.0/hello ✓.txt"));
  expect(await refusal(aws.s3(zoe).send(put("zoe.0/hello.txt")))).toMatchObject({ name: "AccessDenied" });
});
