import { PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Role } from "../../../local/iam/roles.ts";
import type { PolicyDocument } from "../../../src/setup/policy-document.ts";
import { type RoleCredentials, refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

const ALICE = "local|alice-7f3a";
const BOB = "local|bob-c21d";
const READER = "arn:aws:iam::111122223333:role/holdall-reader";

let aws: TestAws;
let alice: RoleCredentials;
beforeAll(async () => {
  aws = await startTestAws();
  alice = await aws.credentialsOf("alice");
  const bob = await aws.credentialsOf("bob");
  await aws.s3(bob).send(new PutObjectCommand({ Bucket: aws.bucket, Key: `${BOB}/b.txt`, Body: "bob's" }));
  await aws.s3(alice).send(new PutObjectCommand({ Bucket: aws.bucket, Key: `${ALICE}/a.txt`, Body: "alice's" }));
  await aws
    .dynamodb(alice)
    .send(new PutItemCommand({ TableName: aws.table, Item: { pk: { S: ALICE }, sk: { S: "a" } } }));
});
afterAll(() => aws.dispose());
afterEach(() => aws.control("DELETE", "/iam"));

const rolesNow = async () => (await aws.control("GET", "/iam/roles")) as Role[];
const policyOf = async (name: string): Promise<PolicyDocument> => {
  const role = (await rolesNow()).find((candidate) => candidate.name === name);
  if (role === undefined) throw new Error(`no ${name}`);
  return role.permissionPolicy;
};
const get = (owner: string, name: string, credentials = alice) =>
  aws.s3(credentials).send(new GetObjectCommand({ Bucket: aws.bucket, Key: `${owner}/${name}` }));

describe("the reader's role", () => {
  test("reads what is one's own, and writes nothing", async () => {
    const reader = await aws.assumeRole(await aws.idToken({ person: "alice" }), { RoleArn: READER });
    await get(ALICE, "a.txt", reader);
    await aws.s3(reader).send(new ListObjectsV2Command({ Bucket: aws.bucket, Prefix: `${ALICE}/` }));
    const query = { TableName: aws.table, KeyConditionExpression: "pk = :pk" };
    const ofAlice = { ...query, ExpressionAttributeValues: { ":pk": { S: ALICE } } };
    expect((await aws.dynamodb(reader).send(new QueryCommand(ofAlice))).Items).toHaveLength(1);
    expect(await refusal(get(BOB, "b.txt", reader))).toMatchObject({ name: "AccessDenied" });
    const put = new PutObjectCommand({ Bucket: aws.bucket, Key: `${ALICE}/new.txt`, Body: "" });
    const refused = await refusal(aws.s3(reader).send(put));
    expect(refused.name).toBe("AccessDenied");
    expect(refused.message).toContain("assumed-role/holdall-reader/");
    const item = new PutItemCommand({ TableName: aws.table, Item: { pk: { S: ALICE }, sk: { S: "b" } } });
    expect(await refusal(aws.dynamodb(reader).send(item))).toMatchObject({ name: "AccessDeniedException" });
  });
});

test("STS lets nobody into the pool's role: another principal is trusted there", async () => {
  const RoleArn = "arn:aws:iam::111122223333:role/holdall-pool-person";
  const refused = await refusal(aws.assumeRole(await aws.idToken({ person: "alice" }), { RoleArn }));
  expect(refused).toMatchObject({ name: "AccessDenied", status: 403 });
});

describe("a permission policy that a test puts in place", () => {
  test("counts for the next request of a session that is under way, and no longer than until it is restored", async () => {
    expect(await refusal(get(BOB, "b.txt"))).toMatchObject({ name: "AccessDenied" });
    const hole: PolicyDocument = {
      Version: "2012-10-17",
      Statement: [
        { Sid: "AnyObject", Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${aws.bucket}/*` },
      ],
    };
    await aws.control("PUT", "/iam/permission-policy", { role: "holdall-person", policy: hole });
    expect(await (await get(BOB, "b.txt")).Body?.transformToString()).toBe("bob's");
    const list = new ListObjectsV2Command({ Bucket: aws.bucket, Prefix: `${ALICE}/` });
    expect(await refusal(aws.s3(alice).send(list))).toMatchObject({ name: "AccessDenied" });
    await aws.control("DELETE", "/iam/permission-policy", { role: "holdall-person" });
    expect(await refusal(get(BOB, "b.txt"))).toMatchObject({ name: "AccessDenied" });
    await get(ALICE, "a.txt");
  });

  test("leaves the other roles alone", async () => {
    const before = await policyOf("holdall-reader");
    const policy = { Version: "2012-10-17", Statement: [] };
    await aws.control("PUT", "/iam/permission-policy", { role: "holdall-person", policy });
    expect(await refusal(get(ALICE, "a.txt"))).toMatchObject({ name: "AccessDenied" });
    expect(await policyOf("holdall-reader")).toEqual(before);
    await get(ALICE, "a.txt", await aws.assumeRole(await aws.idToken({ person: "alice" }), { RoleArn: READER }));
  });

  test("that denies wins over what allows", async () => {
    const policy = await policyOf("holdall-person");
    policy.Statement.push({ Sid: "No", Effect: "Deny", Action: "s3:GetObject", Resource: "*" });
    await aws.control("PUT", "/iam/permission-policy", { role: "holdall-person", policy });
    expect(await refusal(get(ALICE, "a.txt"))).toMatchObject({ name: "AccessDenied" });
  });
});

describe("a trust policy that a test puts in place", () => {
  const assume = async (subject: string) => aws.assumeRole(await aws.idToken({ subject }));

  test("decides the next sign-in, not the session that is there", async () => {
    const policy = { Version: "2012-10-17", Statement: [] };
    await aws.control("PUT", "/iam/trust-policy", { role: "holdall-person", policy });
    expect(await refusal(assume(ALICE))).toMatchObject({ name: "AccessDenied", status: 403 });
    await get(ALICE, "a.txt");
    await aws.control("DELETE", "/iam/trust-policy", { role: "holdall-person" });
    await assume(ALICE);
  });

  test("without the guard lets a subject in whose folder lies in another's", async () => {
    const role = (await rolesNow()).find(({ name }) => name === "holdall-person");
    const policy = structuredClone(role?.trustPolicy) as PolicyDocument;
    delete policy.Statement[0]?.Condition?.StringNotLike;
    expect(await refusal(assume(`${ALICE}/apps`))).toMatchObject({ name: "AccessDenied" });
    await aws.control("PUT", "/iam/trust-policy", { role: "holdall-person", policy });
    await assume(`${ALICE}/apps`);
  });
});

test("what is no policy, and a role that is not there, are refused", async () => {
  const put = (input: object) => aws.control("PUT", "/iam/permission-policy", input);
  await expect(put({ role: "holdall-person", policy: "allow" })).rejects.toThrow("policy document");
  await expect(put({ policy: { Statement: [] } })).rejects.toThrow("role is missing");
  await expect(put({ role: "toString", policy: { Statement: [] } })).rejects.toThrow("no role");
});
