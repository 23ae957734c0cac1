import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Journal } from "../../../local/s3/store/journal.ts";
import { begin, complete, sendParts } from "./multipart-calls.ts";
import { createS3World, type S3World } from "./s3-world.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "holdall-s3-crash-"));
});
afterEach(() => rm(folder, { recursive: true }));

const open = (name: string) =>
  createS3World({ dataDir: join(folder, name), minimumPartSize: 1, smallSize: 0, now: () => 0 });

/** Everything a client can see: versions with bytes and tags, uploads with parts. */
async function look(world: S3World): Promise<string> {
  const { text: versions } = await world.call({ query: { versions: "" } });
  const { text: uploads } = await world.call({ query: { uploads: "" } });
  const seen = [versions, uploads];
  for (const [, key = "", versionId = ""] of versions.matchAll(/<Version><Key>(.*?)<\/Key><VersionId>(.*?)</g)) {
    seen.push(key, (await world.call({ key, query: { versionId } })).text);
    seen.push((await world.call({ key, query: { tagging: "", versionId } })).text);
  }
  for (const [, key = "", uploadId = ""] of uploads.matchAll(/<Upload><Key>(.*?)<\/Key><UploadId>(.*?)</g)) {
    seen.push((await world.call({ key, query: { uploadId } })).text);
  }
  return seen.join("\n");
}

test("a journal that ends at any byte gives its whole lines, and takes the next ones", async () => {
  const whole = Buffer.from(['{"a":"ü"}', '{"b":[1,2]}', '{"c":"}\\n{"}', ""].join("\n"));
  const path = join(folder, "journal.jsonl");
  for (let size = 0; size <= whole.length; size++) {
    await writeFile(path, whole.subarray(0, size));
    const lines = whole.subarray(0, size).toString().split("\n").slice(0, -1);
    const journal = await Journal.open<unknown>(path, () => {});
    await journal.append({ next: true });
    await journal.close();
    const read: unknown[] = [];
    await (await Journal.open(path, (line) => read.push(line))).close();
    expect(read).toEqual([...lines.map((line) => JSON.parse(line)), { next: true }]);
  }
});

test("a store whose journal ends at any place is in the state of its last whole line", async () => {
  const world = await open("whole");
  const states = [await look(world)];
  let uploadId = "";
  const steps: (() => Promise<unknown>)[] = [
    () => world.call({ method: "PUT", key: "a", body: "one" }),
    () => world.call({ method: "PUT", key: "a", body: "two", headers: { "x-amz-tagging": "k=ü" } }),
    () => world.call({ method: "PUT", key: "a", query: { tagging: "" }, body: "<Tagging><TagSet></TagSet></Tagging>" }),
    async () => {
      uploadId = await begin(world, "b");
    },
    () => sendParts(world, "b", uploadId, ["part"]),
    async () => complete(world, { key: "b", uploadId, parts: await listed(world, uploadId) }),
    () => world.call({ method: "PUT", key: "c", headers: { "x-amz-copy-source": "/holdall-test/a" } }),
    () => world.call({ method: "DELETE", key: "a" }),
  ];
  for (const step of steps) {
    await step();
    states.push(await look(world));
  }
  const [, removed = ""] = /<Key>a<\/Key><VersionId>(.*?)</.exec(states[2] ?? "") ?? [];
  await world.service.close();

  const journal = await readFile(join(folder, "whole", "journal.jsonl"));
  expect(states).toHaveLength(journal.toString().split("\n").length);
  expect(removed).not.toBe("");
  const ends = [...journal.entries()].filter(([, byte]) => byte === 0x0a).map(([position]) => position);
  const cuts = ends.flatMap((end) => [end - 100, end - 1, end, end + 1, end + 2]);
  for (const size of [0, 1, ...cuts.filter((cut) => cut <= journal.length)]) {
    const name = `cut-${size}`;
    await cp(join(folder, "whole"), join(folder, name), { recursive: true });
    await truncate(join(folder, name, "journal.jsonl"), size);
    const recovered = await open(name);
    const lines = journal.subarray(0, size).toString().split("\n").length - 1;
    expect(await look(recovered)).toBe(states[lines]);
    // What is written next must not be glued to the torn line.
    await recovered.call({ method: "PUT", key: "after", body: "written after the crash" });
    await recovered.restart();
    expect((await recovered.call({ key: "after" })).text).toBe("written after the crash");
    await recovered.end();
  }
});

async function listed(world: S3World, uploadId: string) {
  const { text } = await world.call({ key: "b", query: { uploadId } });
  return [{ number: 1, etag: /<ETag>&quot;(.*?)&quot;/.exec(text)?.[1] ?? "" }];
}

test("damage before the end is not taken for a torn write", async () => {
  const world = await open("damaged");
  await world.call({ method: "PUT", key: "a", body: "one" });
  await world.call({ method: "PUT", key: "b", body: "two" });
  await world.service.close();
  const path = join(folder, "damaged", "journal.jsonl");
  const text = await readFile(path, "utf8");
  await writeFile(path, text.replace("{", "#"));
  await expect(open("damaged")).rejects.toThrow("damaged at line 1");
});

test("bytes that a kill left behind without a line in the journal are swept", async () => {
  const world = await open("swept");
  await world.call({ method: "PUT", key: "a", body: "kept" });
  await world.service.close();
  const data = join(folder, "swept", "data");
  const [sub = ""] = await readdir(data);
  await writeFile(join(data, sub, `${sub}${"0".repeat(30)}`), "left behind");
  const again = await open("swept");
  const files = (await readdir(data, { recursive: true })).filter((name) => name.includes("/"));
  expect(files).toHaveLength(1);
  expect((await again.call({ key: "a" })).text).toBe("kept");
  await again.end();
});

test("a copy made while its source was removed survives the next start", async () => {
  const world = await open("order");
  const { headers } = await world.call({ method: "PUT", key: "a", body: "shared" });
  await world.call({ method: "PUT", key: "b", headers: { "x-amz-copy-source": "/holdall-test/a" } });
  await world.call({ method: "DELETE", key: "a", query: { versionId: headers["x-amz-version-id"] ?? "" } });
  await world.service.close();
  // The journal may hold the removal before the copy: both were under way together.
  const path = join(folder, "order", "journal.jsonl");
  const [put, copy, remove] = (await readFile(path, "utf8")).split("\n");
  await writeFile(path, `${[put, remove, copy].join("\n")}\n`);
  const again = await open("order");
  expect((await again.call({ key: "b" })).text).toBe("shared");
  await again.end();
});

test("a journal that is mostly history is rewritten at the start, with the same state", async () => {
  const world = await open("long");
  await world.call({ method: "PUT", key: "kept", body: "kept", headers: { "x-amz-tagging": "k=v" } });
  const uploadId = await begin(world, "upload");
  await sendParts(world, "upload", uploadId, ["one", "two"]);
  for (let i = 0; i < 800; i++) {
    const { headers } = await world.call({ method: "PUT", key: "churn", body: `${i}` });
    await world.call({ method: "DELETE", key: "churn", query: { versionId: headers["x-amz-version-id"] ?? "" } });
  }
  const before = await look(world);
  const path = join(folder, "long", "journal.jsonl");
  const size = (await readFile(path)).length;
  await world.restart();
  expect((await readFile(path)).length).toBeLessThan(size / 100);
  expect(await look(world)).toBe(before);
  await world.restart();
  expect(await look(world)).toBe(before);
  await world.end();
});
