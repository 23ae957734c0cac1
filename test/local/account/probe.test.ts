import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PROBE_IDENTITY, PROBE_ITEMS, PROBE_OBJECTS } from "../../../src/setup/probe.ts";
import { CognitoClient } from "../../support/cognito-client.ts";
import { type RoleCredentials, refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

/** Whoever has this may read all there is. */
const OPEN = {
  Version: "2012-10-17",
  Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
};

let aws: TestAws;
/** For each profile that has storage of its own: how its role is called, and alice's session in it. */
let ways: { role: string; bucket: string; table: string; credentials: RoleCredentials }[];
beforeAll(async () => {
  aws = await startTestAws();
  const [local, pool] = aws.info.profiles;
  const cognito = new CognitoClient(aws.info);
  ways = [
    {
      role: "holdall-person",
      bucket: local.bucket.name,
      table: local.table.name,
      credentials: await aws.credentialsOf("alice"),
    },
    {
      role: "holdall-pool-person",
      bucket: pool.bucket.name,
      table: pool.table.name,
      credentials: (await cognito.signIn(await aws.idToken({ person: "alice" }))).credentials,
    },
  ];
});
afterAll(() => aws.dispose());

/** Every read of the probe, in one way. */
function reads({ bucket, table, credentials }: (typeof ways)[number]): (() => Promise<unknown>)[] {
  const s3 = aws.s3(credentials);
  const dynamodb = aws.dynamodb(credentials);
  return [
    ...PROBE_OBJECTS.map((Key) => async () => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return Body?.transformToString();
    }),
    ...PROBE_ITEMS.map(({ partition, sort }) => async () => {
      const Key = { pk: { S: partition }, sk: { S: sort } };
      const { Item } = await dynamodb.send(new GetItemCommand({ TableName: table, Key }));
      return Item?.note?.S;
    }),
  ];
}

test("objects and items are there for who may read them, and refused by setup's own policy", async () => {
  for (const way of ways) {
    for (const read of reads(way)) expect((await refusal(read())).name).toMatch(/^AccessDenied/);
    await aws.control("PUT", "/iam/permission-policy", { role: way.role, policy: OPEN });
    for (const read of reads(way)) expect(await read()).toContain("isolation proof");
    await aws.control("DELETE", "/iam");
  }
});

test("nobody can be who owns them", async () => {
  const refused = await refusal(aws.assumeRole(await aws.idToken({ subject: PROBE_IDENTITY })));
  expect(refused).toMatchObject({ name: "AccessDenied", status: 403 });
});

test("a restart makes no second version", async () => {
  const first = await startTestAws();
  await first.close();
  const second = await startTestAws({ dataDir: first.dataDir, ports: first.ports });
  try {
    await second.control("PUT", "/iam/permission-policy", { role: "holdall-person", policy: OPEN });
    const s3 = second.s3(await second.credentialsOf("alice"));
    const { Versions } = await s3.send(new ListObjectVersionsCommand({ Bucket: second.bucket }));
    expect(Versions?.map(({ Key }) => Key).sort()).toEqual([...PROBE_OBJECTS].sort());
  } finally {
    await second.dispose();
  }
});
