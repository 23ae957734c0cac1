/** More than one page of what S3 and DynamoDB list. */
import { BatchWriteItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { accessAs } from "../../support/aws-access.ts";
import { type BackgroundWorld, createBackgroundWorld } from "../support/background-world.ts";
import { connectSite, openSitePage } from "../support/site-page.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

let world: BackgroundWorld;
beforeAll(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  world = await createBackgroundWorld((fake) => {
    browser.current = fake;
  });
  await world.signIn("alice");
});
afterAll(async () => {
  await world.close();
  vi.restoreAllMocks();
});

const many = 1025;

test("more than a thousand files and items are taken along and deleted", { timeout: 120_000 }, async () => {
  const { profile } = world;
  const origin = "https://many.example";
  await connectSite(world, origin);
  const page = openSitePage(world, origin);
  await page.hello();
  await page.request("items.put", { key: "n0", value: {} });
  const { s3, dynamodb, bucket: Bucket, table, identity, close } = await accessAs(world, "alice");
  const { partitionKey, sortKey } = world.aws.profile.table;
  const all = Array.from({ length: many }, (_, at) => at);
  for (let at = 0; at < many; at += 25) {
    const some = all.slice(at, at + 25);
    const puts = some.map((n) => ({
      PutRequest: {
        Item: { [partitionKey]: { S: `${identity}#app#https_many.example` }, [sortKey]: { S: `n${n}` } },
      },
    }));
    await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [table]: puts } }));
    const put = (n: number) =>
      s3.send(new PutObjectCommand({ Bucket, Key: `${identity}/apps/https_many.example/n${n}.txt`, Body: `${n}` }));
    await Promise.all(some.map(put));
  }
  close();
  const saved = await world.call("sites.export", { profile, origin });
  expect(saved).toMatchObject({ items: many, transferId: expect.any(String) });
  let deleted = 0;
  let left = 1;
  while (left > 0) {
    const step = await world.call("sites.deleteData", { profile, origin });
    deleted += step.deleted;
    left = step.left;
  }
  expect(deleted).toBe(2 * many);
  expect(await page.request("items.query", {})).toMatchObject({ items: [] });
  expect(await page.request("files.list", {})).toMatchObject({ files: [] });
});
