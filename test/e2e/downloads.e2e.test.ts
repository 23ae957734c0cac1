/** Downloads and zips in real browsers: what lies on the disk is the judge. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { crc32 } from "../../src/shared/crc32.ts";
import { BROWSER_NAMES } from "../support/launch-extension.ts";
import { poll } from "../support/poll.ts";
import { readZip } from "../transfers/download/zip/read-zip.ts";
import { bytesOf, TransferStage } from "./transfers/stage.ts";

const MiB = 1024 ** 2;
/** Four ranges of 8 MiB, the last one short. */
const size = 28 * MiB + 5;

describe.each(BROWSER_NAMES)("downloads in %s", (name) => {
  let stage: TransferStage;

  beforeAll(async () => {
    stage = await TransferStage.open(name);
    await put("big.bin", bytesOf(size, 1));
  });
  afterAll(async () => await stage?.close());

  async function put(path: string, bytes: Uint8Array, about: { ContentEncoding?: string } = {}): Promise<void> {
    const { bucket: Bucket, s3 } = stage.alice;
    await s3.send(new PutObjectCommand({ Bucket, Key: `${stage.aliceId}/${path}`, Body: bytes, ...about }));
  }

  const save = async (path: string) => await stage.order("files.save", { profile: await stage.profile(), path });
  const ranges = (operations: string[]) => operations.filter((operation) => operation === "GetObject").length;

  /** Files in the download folder that are called like this, whatever number the browser added. */
  async function saved(stem: string): Promise<Buffer[]> {
    const files = (await readdir(stage.browser.downloadDir)).filter((file) => file.startsWith(stem));
    return await Promise.all(files.map((file) => readFile(join(stage.browser.downloadDir, file))));
  }

  async function expectSaved(stem: string, bytes: Uint8Array): Promise<void> {
    const files = await saved(stem);
    expect(files.map((file) => Buffer.compare(file, bytes))).toEqual([0]);
  }

  test("one comes in ranges and lies on the disk once, byte for byte", async () => {
    await stage.operations();
    await save("big.bin");
    await stage.reaches("big.bin", "done");
    await expectSaved("big", bytesOf(size, 1));
    expect(ranges(await stage.operations())).toBe(4);
  });

  test.runIf(name === "chromium")("one goes on after the background ended, with what was missing", async () => {
    await put("killed.bin", bytesOf(size, 2));
    await stage.fault({ operation: "GetObject", kind: "delay", ms: 1500, count: 2 });
    await stage.operations();
    await save("killed.bin");
    await poll("a range", async () => ((await stage.transfer("killed.bin"))?.sent ?? 0) > 0);
    await stage.browser.killWorker();
    await stage.reaches("killed.bin", "done");
    await expectSaved("killed", bytesOf(size, 2));
    expect(ranges(await stage.operations())).toBeLessThanOrEqual(8);
  });

  test("what the browser decodes is saved decoded, and an empty object empty", async () => {
    const noise = bytesOf(12 * MiB, 4).map((byte, index) => byte ^ Math.imul(index, 2_654_435_761));
    await put("page.bin", gzipSync(noise, { level: 1 }), { ContentEncoding: "gzip" });
    await put("empty.bin", new Uint8Array());
    await save("page.bin");
    await save("empty.bin");
    await stage.reaches("page.bin", "done");
    await stage.reaches("empty.bin", "done");
    await expectSaved("page", noise);
    await expectSaved("empty", new Uint8Array());
  });

  test("a folder is one zip of all that is in it", async () => {
    const files = new Map<string, Uint8Array>(
      Array.from({ length: 120 }, (_, n) => [`many/${n % 7}/día ${n}.bin`, bytesOf(n * 501, n)] as const),
    );
    files.set("many/large.bin", bytesOf(9 * MiB, 9));
    for (const [path, bytes] of files) await put(path, bytes);
    await stage.order("files.saveArchive", { profile: await stage.profile(), prefix: "", paths: ["many/"] });
    await poll("the zip to be done", async () => {
      const row = (await stage.view()).transfers.rows.find((one) => one.name === "many.zip");
      if (row?.error) throw new Error(JSON.stringify(row.error));
      return row?.state === "done";
    });
    const [zip = Buffer.alloc(0), ...more] = await saved("many");
    expect(more).toEqual([]);
    const members = readZip({ size: zip.length, read: (start, length) => zip.subarray(start, start + length) });
    const read = members.map(({ name: path, start, size: length }) => [
      path,
      crc32(zip.subarray(start, start + length)),
    ]);
    expect(Object.fromEntries(read)).toEqual(
      Object.fromEntries([...files].map(([path, bytes]) => [path, crc32(bytes)])),
    );
  });

  test("ranges that are cut, or whose credentials have ended, are fetched again", async () => {
    await put("cut.bin", bytesOf(size, 3));
    await stage.fault({ operation: "GetObject", kind: "cutAfter", afterBytes: 2 * MiB, count: 2 });
    // Those of this test too: nothing is put after it.
    await stage.expireSessions();
    await save("cut.bin");
    await stage.reaches("cut.bin", "done");
    await expectSaved("cut", bytesOf(size, 3));
  });
});
