import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createS3World, type S3World } from "./s3-world.ts";

let world: S3World;
beforeEach(async () => {
  world = await createS3World({ smallSize: 100 });
});
afterEach(() => world.end());

const put = (key: string, body: string) => world.call({ method: "PUT", key, body });
const read = async (key: string, headers = {}) => (await world.call({ key, headers })).text;

async function files(): Promise<number[]> {
  const data = join(world.dataDir, "data");
  const names = (await readdir(data, { recursive: true })).filter((name) => name.includes("/"));
  return Promise.all(names.map(async (name) => (await stat(join(data, name))).size));
}

test("small bodies share a file, each with its own bytes; larger ones have their own", async () => {
  const bodies = Array.from({ length: 30 }, (_, index) => `${index}-`.repeat(index).slice(0, 100));
  await Promise.all(bodies.map((body, index) => put(`k${index}`, body)));
  await put("large", "l".repeat(101));
  const total = bodies.reduce((sum, body) => sum + body.length, 0);
  expect((await files()).sort((a, b) => a - b)).toEqual([101, total]);
  for (const [index, body] of bodies.entries()) expect(await read(`k${index}`)).toBe(body);
  expect(await read("k20", { range: "bytes=3-7" })).toBe(bodies[20]?.slice(3, 8));
});

test("what is removed or refused takes nobody else's bytes along, now and after a restart", async () => {
  await put("stays", "stays");
  const { headers } = await put("goes", "goes");
  await world.call({ method: "PUT", key: "copy", headers: { "x-amz-copy-source": "/holdall-test/goes" } });
  await world.call({ method: "DELETE", key: "goes", query: { versionId: headers["x-amz-version-id"] ?? "" } });
  expect((await put("stays", "")).status).toBe(200);
  const refused = await world.call({ method: "PUT", key: "stays", body: "no", headers: { "if-match": '"other"' } });
  expect(refused.status).toBe(412);
  await put("stays", "again");
  expect([await read("stays"), await read("copy")]).toEqual(["again", "goes"]);
  await world.restart();
  await put("new", "new");
  expect([await read("stays"), await read("copy"), await read("new")]).toEqual(["again", "goes", "new"]);
  expect(await files()).toHaveLength(2);
});

test("a pack that nobody uses is swept at the next start", async () => {
  const { headers } = await put("goes", "goes");
  await world.call({ method: "DELETE", key: "goes", query: { versionId: headers["x-amz-version-id"] ?? "" } });
  await world.restart();
  expect(await files()).toEqual([]);
});
