/**
 * The walls around a connected site, each alone. Inner to outer: the background's judgement, the site's own session policy, the
 * person's role. What is inside is taken out here, and what is left has to refuse.
 */
import {
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SitePolicyInput, sitePolicy } from "../../src/setup/site-policy.ts";
import type { SiteGrant } from "../../src/shared/site/site-grant.ts";
import { judge } from "../../src/sites/judge.ts";
import type { StorageMethod } from "../../src/sites/run-method.ts";
import { type AwsAccess, accessAs } from "../support/aws-access.ts";
import { startTestWorld, type TestWorld } from "../support/test-world.ts";

const site = "https_notes.example";
const other = "https_other.example";

let world: TestWorld;
let person: AwsAccess & { identity: string };
let bob: AwsAccess & { identity: string };
let alice: string;

beforeAll(async () => {
  world = await startTestWorld();
  person = await accessAs(world, "alice");
  bob = await accessAs(world, "bob");
  alice = person.identity;
  // Something to be denied: what is absent looks like what is denied.
  for (const key of [...objects(alice), `${alice}/photos/1.jpg`]) await putObject(person, key);
  for (const partition of partitions(alice)) await putItem(person, partition);
  for (const key of objects(bob.identity)) await putObject(bob, key);
  for (const partition of partitions(bob.identity)) await putItem(bob, partition);
});
afterAll(async () => {
  for (const one of [person, bob]) one?.close();
  await world?.close();
});

const objects = (who: string) => [
  `${who}/private.txt`,
  `${who}/apps/${site}/own.txt`,
  `${who}/apps/${other}/theirs.txt`,
  `${who}/apps/${site}x/near.txt`,
];
const partitions = (who: string) => [who, `${who}#app#${site}`, `${who}#app#${other}`, `${who}#app#${site}x`];

const putObject = (as: AwsAccess, Key: string) =>
  as.s3.send(new PutObjectCommand({ Bucket: as.bucket, Key, Body: "x" }));
const keyOf = (partition: string) => {
  const { partitionKey, sortKey } = world.aws.profile.table;
  return { [partitionKey]: { S: partition }, [sortKey]: { S: "k" } };
};
const putItem = (as: AwsAccess, partition: string) =>
  as.dynamodb.send(new PutItemCommand({ TableName: as.table, Item: keyOf(partition) }));

async function denied(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return "allowed";
  } catch (error) {
    return /AccessDenied/.test(`${(error as Error).name}`) ? "denied" : `${(error as Error).name}`;
  }
}

const objectTries = (as: AwsAccess, Key: string) => ({
  read: () => as.s3.send(new GetObjectCommand({ Bucket: as.bucket, Key })),
  write: () => putObject(as, Key),
  delete: () => as.s3.send(new DeleteObjectCommand({ Bucket: as.bucket, Key })),
});
const itemTries = (as: AwsAccess, partition: string) => ({
  read: () => as.dynamodb.send(new GetItemCommand({ TableName: as.table, Key: keyOf(partition) })),
  query: () =>
    as.dynamodb.send(
      new QueryCommand({
        TableName: as.table,
        KeyConditionExpression: "#p=:p",
        ExpressionAttributeNames: { "#p": world.aws.profile.table.partitionKey },
        ExpressionAttributeValues: { ":p": { S: partition } },
      }),
    ),
  write: () => putItem(as, partition),
  mixed: () =>
    as.dynamodb.send(
      new TransactWriteItemsCommand({
        TransactItems: [`${alice}#app#${site}`, partition].map((one, at) => ({
          Put: { TableName: as.table, Item: { ...keyOf(one), at: { N: String(at) } } },
        })),
      }),
    ),
  delete: () => as.dynamodb.send(new DeleteItemCommand({ TableName: as.table, Key: keyOf(partition) })),
});
const listTries = (as: AwsAccess) => (Prefix: string | undefined) =>
  as.s3.send(new ListObjectsV2Command({ Bucket: as.bucket, ...(Prefix !== undefined && { Prefix }) }));

const grant = (change: Partial<SitePolicyInput> = {}): SitePolicyInput => ({
  ...{ identity: alice, site, files: ["read", "write", "delete"], items: ["read", "write", "delete"] },
  ...{ partition: "aws", region: world.aws.region, account: "*" },
  ...{ bucket: world.aws.profile.bucket.name, table: world.aws.profile.table.name },
  ...change,
});

async function asSite(change: Partial<SitePolicyInput> = {}): Promise<AwsAccess> {
  return await accessAs(world, "alice", world.aws.profile, sitePolicy(grant(change)) ?? "");
}

async function outcomes(tries: Record<string, () => Promise<unknown>>): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const [name, work] of Object.entries(tries)) all[name] = await denied(work);
  return all;
}
const everything = (word: string, tries: object) => Object.fromEntries(Object.keys(tries).map((name) => [name, word]));

describe("the session policy, with the background's judgement taken out", () => {
  test("lets a site do all in its own area, and nothing anywhere else", async () => {
    const as = await asSite();
    const [, own = "", ...rest] = objects(alice);
    for (const key of [objects(alice)[0] ?? "", ...rest, ...objects(bob.identity)]) {
      expect([key, await outcomes(objectTries(as, key))]).toEqual([key, everything("denied", objectTries(as, key))]);
    }
    const [whole = "", mine = "", ...others] = partitions(alice);
    for (const partition of [whole, ...others, ...partitions(bob.identity)]) {
      const tries = itemTries(as, partition);
      expect([partition, await outcomes(tries)]).toEqual([partition, everything("denied", tries)]);
    }
    const list = listTries(as);
    for (const prefix of [
      undefined,
      "",
      alice,
      `${alice}/`,
      `${alice}/apps/`,
      `${alice}/apps/${site}`,
      `${bob.identity}/`,
    ]) {
      expect([prefix, await denied(() => list(prefix))]).toEqual([prefix, "denied"]);
    }
    expect(await denied(() => list(`${alice}/apps/${site}/`))).toBe("allowed");
    const versions = new ListObjectVersionsCommand({ Bucket: as.bucket, Prefix: `${alice}/apps/${site}/` });
    expect(await denied(() => as.s3.send(versions))).toBe("denied");
    expect(await denied(() => as.dynamodb.send(new ScanCommand({ TableName: as.table })))).toBe("denied");
    // The permitted twins, last: they delete.
    expect(await outcomes(objectTries(as, own))).toEqual(everything("allowed", objectTries(as, own)));
    const { mixed: _, ...twins } = itemTries(as, mine);
    expect(await outcomes(twins)).toEqual(everything("allowed", twins));
    as.close();
  });

  test("of a reader lets it read", async () => {
    const as = await asSite({ files: ["read"], items: ["read"] });
    await putObject(person, `${alice}/apps/${site}/own.txt`);
    const tries = objectTries(as, `${alice}/apps/${site}/own.txt`);
    expect(await outcomes(tries)).toEqual({ read: "allowed", write: "denied", delete: "denied" });
    const items = itemTries(as, `${alice}#app#${site}`);
    expect(await outcomes(items)).toMatchObject({
      read: "allowed",
      query: "allowed",
      write: "denied",
      delete: "denied",
    });
    as.close();
  });

  test("of a folder reaches that folder, and no other, its own area neither", async () => {
    const as = await asSite({ folder: "photos/", items: [] });
    expect(await denied(objectTries(as, `${alice}/photos/1.jpg`).read)).toBe("allowed");
    for (const key of objects(alice)) expect([key, await denied(objectTries(as, key).read)]).toEqual([key, "denied"]);
    expect(await denied(itemTries(as, `${alice}#app#${site}`).read)).toBe("denied");
    expect(await denied(() => listTries(as)(`${alice}/photos`))).toBe("denied");
    as.close();
  });

  test("of the person's own items reaches those, and no site's", async () => {
    const as = await asSite({ ownItems: true, files: [] });
    expect(await denied(itemTries(as, alice).read)).toBe("allowed");
    for (const partition of [...partitions(alice).slice(1), bob.identity]) {
      expect([partition, await denied(itemTries(as, partition).read)]).toEqual([partition, "denied"]);
    }
    expect(await denied(objectTries(as, `${alice}/private.txt`).read)).toBe("denied");
    as.close();
  });
});

test("the role, with both taken out, still keeps other people's", async () => {
  for (const key of objects(bob.identity)) {
    const tries = objectTries(person, key);
    expect([key, await outcomes(tries)]).toEqual([key, everything("denied", tries)]);
  }
  for (const partition of partitions(bob.identity)) {
    const tries = itemTries(person, partition);
    expect([partition, await outcomes(tries)]).toEqual([partition, everything("denied", tries)]);
  }
});

describe("the background's judgement, with the others taken out", () => {
  const given = (change: Partial<SiteGrant>): SiteGrant => ({
    ...{ origin: "https://notes.example", files: "none", items: "none", folder: null, ownItems: false, until: null },
    ...{ paused: false, limits: { requestsPerMinute: 1, bytesPerDay: 1 }, grantedAt: 0 },
    ...change,
  });
  const reads: StorageMethod[] = ["items.get", "items.query", "files.get", "files.list", "files.head"];
  const writes: StorageMethod[] = ["items.put", "items.update", "items.delete", "files.put", "files.delete"];

  test.each([...reads, ...writes])("refuses %s without the access that it needs", (method) => {
    const what = method.startsWith("items.") ? "items" : "files";
    const elsewhere = what === "items" ? "files" : "items";
    const tries = (change: Partial<SiteGrant>) => () => judge(method, { key: "k", path: "p" }, given(change));
    expect(tries({})).toThrow();
    expect(tries({ [elsewhere]: "write" })).toThrow();
    if (writes.includes(method)) expect(tries({ [what]: "read" })).toThrow();
    else expect(tries({ [what]: "read" })).not.toThrow();
    expect(tries({ [what]: "write" })).not.toThrow();
  });

  test("keeps Holdall's own items from who was given all of the person's", () => {
    const all = given({ items: "write", ownItems: true });
    for (const method of ["items.get", "items.put", "items.update", "items.delete"] as const) {
      expect(() => judge(method, { key: "holdall#settings" }, all)).toThrow();
      expect(() => judge(method, { key: "note" }, all)).not.toThrow();
    }
  });
});
