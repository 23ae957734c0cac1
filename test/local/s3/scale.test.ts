import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Journal } from "../../../local/s3/store/journal.ts";
import type { JournalRecord } from "../../../local/s3/store/records.ts";
import { readDocument } from "./read-list.ts";
import { createS3World, type S3World } from "./s3-world.ts";

const COUNT = 100_000;

function* records(): Generator<JournalRecord> {
  for (let i = 0; i < COUNT; i++) {
    // Not in order, so that loading has to sort.
    const number = (i * 7919) % COUNT;
    yield {
      op: "version",
      version: {
        kind: "object",
        key: `local|alice-7f3a/photos/${number % 100}/${String(number).padStart(8, "0")}.jpg`,
        versionId: `v${number}`.padEnd(32, "-"),
        modified: 0,
        size: 0,
        etag: "d41d8cd98f00b204e9800998ecf8427e",
        segments: [],
        headers: { "content-type": "image/jpeg" },
        metadata: {},
        tags: [],
        storageClass: "STANDARD",
        encryption: {},
        checksum: null,
        parts: null,
        uploadId: null,
      },
    };
  }
}

async function timed<Result>(work: () => Promise<Result>): Promise<{ result: Result; milliseconds: number }> {
  const begun = performance.now();
  const result = await work();
  return { result, milliseconds: performance.now() - begun };
}

async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) taken.push((await timed(work)).milliseconds);
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

test("100,000 objects: opening, each page, a folder view and a write stay quick", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "holdall-s3-scale-"));
  await mkdir(dataDir, { recursive: true });
  await Journal.rewrite(join(dataDir, "journal.jsonl"), records());
  const opening = await timed(() => createS3World({ dataDir }));
  const world: S3World = opening.result;
  // Measured 0.4 s, 3 ms, 2 ms and 1 ms on two cores; the limits leave room for a busy machine.
  expect(opening.milliseconds).toBeLessThan(5000);

  let token: string | undefined;
  let seen = 0;
  const pageTimes: number[] = [];
  do {
    const query: Record<string, string> = { "list-type": "2", prefix: "local|alice-7f3a/" };
    if (token !== undefined) query["continuation-token"] = token;
    const { result, milliseconds } = await timed(() => world.call({ query }));
    pageTimes.push(milliseconds);
    const keys = result.text.split("<Contents>").length - 1;
    seen += keys;
    token = /<NextContinuationToken>(.*?)</.exec(result.text)?.[1];
  } while (token !== undefined && pageTimes.length < 1000);
  expect(seen).toBe(COUNT);
  expect(pageTimes).toHaveLength(COUNT / 1000);
  expect(pageTimes.sort((a, b) => a - b)[50]).toBeLessThan(50);

  const folders = { "list-type": "2", prefix: "local|alice-7f3a/photos/", delimiter: "/" };
  const view = readDocument((await world.call({ query: folders })).text);
  expect(view.CommonPrefixes).toHaveLength(100);
  expect(await median(10, () => world.call({ query: folders }))).toBeLessThan(50);

  let next = 0;
  const write = () => world.call({ method: "PUT", key: `local|alice-7f3a/photos/50/new-${next++}`, body: "x" });
  expect(await median(50, write)).toBeLessThan(50);
  await world.end();
});
