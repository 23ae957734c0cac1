/** Uploads in real browsers, while everything ends under them. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BROWSER_NAMES } from "../support/launch-extension.ts";
import { poll } from "../support/poll.ts";
import { bytesOf, sha256, TransferStage } from "./transfers/stage.ts";

const MiB = 1024 ** 2;
/** Four parts of 8 MiB, the last one short. */
const size = 28 * MiB + 5;

describe.each(BROWSER_NAMES)("uploads in %s", (name) => {
  let stage: TransferStage;

  beforeAll(async () => {
    stage = await TransferStage.open(name);
  });
  afterAll(async () => await stage?.close());

  const digestOf = (seed: number) => sha256(bytesOf(size, seed));
  const parts = (operations: string[]) => operations.filter((operation) => operation === "UploadPart").length;

  test.runIf(name === "chromium")("one goes on after the background ended, and no part is sent twice", async () => {
    await stage.holdParts(1500);
    await stage.operations();
    await stage.upload([{ path: "killed.bin", size, seed: 1 }]);
    await stage.reaches("killed.bin", "running");
    await stage.partArrives();
    await stage.browser.killWorker();
    await stage.reaches("killed.bin", "done");
    expect(await stage.storedDigest("killed.bin")).toBe(digestOf(1));
    const operations = await stage.operations();
    // Four parts; those under way when the background ended may have gone out twice.
    expect(parts(operations)).toBeLessThanOrEqual(8);
    expect(operations.filter((operation) => operation === "CreateMultipartUpload")).toHaveLength(1);
    expect(await stage.openUploads()).toEqual([]);
  });

  test("credentials that end in the middle are renewed, and the same upload goes on", async () => {
    await stage.holdParts(1000, 2);
    await stage.operations();
    await stage.upload([{ path: "expired.bin", size, seed: 2 }]);
    await stage.partArrives();
    await stage.expireSessions();
    await stage.reaches("expired.bin", "done");
    expect(await stage.storedDigest("expired.bin")).toBe(digestOf(2));
    const operations = await stage.operations();
    expect(operations.filter((operation) => operation === "CreateMultipartUpload")).toHaveLength(1);
    expect(operations).not.toContain("AbortMultipartUpload");
  });

  test("an answer that is lost, of a small file or of a completion, makes no second version", async () => {
    await stage.fault({ operation: "PutObject", kind: "cutAfter" });
    await stage.fault({ operation: "CompleteMultipartUpload", kind: "cutAfter" });
    await stage.upload([
      { path: "lost-small.bin", size: 1000, seed: 3 },
      { path: "lost-large.bin", size, seed: 4 },
    ]);
    await stage.reaches("lost-small.bin", "done");
    await stage.reaches("lost-large.bin", "done");
    expect(await stage.versionsOf("lost-small.bin")).toBe(1);
    expect(await stage.versionsOf("lost-large.bin")).toBe(1);
    expect(await stage.storedDigest("lost-large.bin")).toBe(digestOf(4));
    expect(await stage.openUploads()).toEqual([]);
  });

  test("parts that fail, stall or are cut are sent again, and nothing else", async () => {
    await stage.operations();
    await stage.fault({ operation: "UploadPart", kind: "error", status: 503, code: "SlowDown", count: 2 });
    await stage.fault({ operation: "UploadPart", kind: "cutBefore", afterBytes: 100_000, count: 1 });
    await stage.upload([{ path: "rough.bin", size, seed: 5 }]);
    await stage.reaches("rough.bin", "done");
    expect(await stage.storedDigest("rough.bin")).toBe(digestOf(5));
    expect(parts(await stage.operations())).toBeLessThanOrEqual(4 + 3);
  });

  test("an upload id that S3 forgot begins again by itself", async () => {
    await stage.fault({ operation: "CompleteMultipartUpload", kind: "error", status: 404, code: "NoSuchUpload" });
    await stage.upload([{ path: "forgotten.bin", size, seed: 6 }]);
    await stage.reaches("forgotten.bin", "done");
    expect(await stage.storedDigest("forgotten.bin")).toBe(digestOf(6));
    // The fault only said so: S3 still has it, and it is aborted all the same.
    await poll("nothing to be left of the first one", async () => (await stage.openUploads()).length === 0);
  });

  test("paused, nothing is sent; gone on with, it ends well", async () => {
    await stage.holdParts(700, 2);
    const [id = ""] = await stage.upload([{ path: "paused.bin", size, seed: 7 }]);
    await stage.reaches("paused.bin", "running");
    await stage.order("transfers.pause", { which: [id] });
    await stage.reaches("paused.bin", "paused");
    // The log has a request once it ended, also one that was broken off.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await stage.operations();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(parts(await stage.operations())).toBe(0);
    await stage.order("transfers.unpause", { which: "all" });
    await stage.reaches("paused.bin", "done");
    expect(await stage.storedDigest("paused.bin")).toBe(digestOf(7));
  });

  test("cancelled, it leaves nothing behind", async () => {
    await stage.holdParts(700, 2);
    const [id = ""] = await stage.upload([{ path: "cancelled.bin", size, seed: 8 }]);
    await stage.partArrives();
    await stage.order("transfers.cancel", { which: [id] });
    await stage.reaches("cancelled.bin", "cancelled");
    await poll("the multipart upload to be aborted", async () => (await stage.openUploads()).length === 0);
    expect(await stage.storedPaths("cancelled")).toEqual([]);
  });

  test("names that are taken are asked about, and answered all at once", async () => {
    const files = [1, 2, 3].map((seed) => ({ path: `taken/${seed}.txt`, size: 100, seed }));
    await stage.upload(files);
    for (const { path } of files) await stage.reaches(path, "done");
    await stage.order("transfers.dismiss", { which: "ended" });
    await stage.upload(files.map((file) => ({ ...file, seed: file.seed + 10 })));
    await poll("three conflicts", async () => (await stage.view()).transfers.totals.conflicts === 3);
    await stage.order("transfers.retry", { which: "conflicts", ifExists: "keep-both" });
    await poll("both to be kept", async () => (await stage.storedPaths("taken/")).length === 6);
    expect(await stage.storedDigest("taken/1.txt")).toBe(sha256(bytesOf(100, 1)));
    expect(await stage.storedDigest("taken/1 (2).txt")).toBe(sha256(bytesOf(100, 11)));
  });

  test("equal bytes are sent once when the person wants that", async () => {
    await stage.order("transfers.configure", { sendOnce: true });
    await stage.upload([{ path: "once.bin", size, seed: 9 }]);
    await stage.reaches("once.bin", "done");
    await stage.operations();
    await stage.upload([{ path: "once-more.bin", size, seed: 9 }]);
    expect(await stage.reaches("once-more.bin", "done")).toMatchObject({ deduplicated: true });
    expect(await stage.storedDigest("once-more.bin")).toBe(digestOf(9));
    const operations = await stage.operations();
    expect(parts(operations)).toBe(0);
    expect(operations).toContain("CopyObject");
    await stage.order("transfers.configure", { sendOnce: false });
  });

  test("of many small files each arrives, and a large one does not hold them up", async () => {
    await stage.holdParts(6000);
    await stage.upload([{ path: "large.bin", size, seed: 10 }]);
    const files = Array.from({ length: 60 }, (_, index) => ({ path: `many/${index}`, size: index * 7, seed: index }));
    await stage.upload(files);
    await poll("all of the small ones", async () => (await stage.storedPaths("many/")).length === 60, 30_000);
    expect((await stage.transfer("large.bin"))?.state).not.toBe("done");
    await stage.reaches("large.bin", "done");
    expect(await stage.storedDigest("many/59")).toBe(sha256(bytesOf(59 * 7, 59)));
    expect((await stage.storedDigest("many/0")).length).toBe(64);
  });

  test("signing out stops everything; another person never goes on with it, the same one does", async () => {
    await stage.holdParts(3000, 8);
    await stage.upload([{ path: "mine.bin", size, seed: 11 }]);
    await stage.partArrives();
    await stage.order("session.signOut", { profile: await stage.profile() });
    expect((await stage.view()).transfers.rows).toEqual([]);
    await stage.world.control("DELETE", "/faults");
    await stage.signIn("bob");
    const bobs = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 2000));
    expect(parts(await stage.operations(bobs))).toBe(0);
    expect((await stage.view()).transfers.rows).toEqual([]);
    await stage.order("session.signOut", { profile: await stage.profile() });
    await stage.signIn("alice");
    await stage.reaches("mine.bin", "done");
    expect(await stage.storedDigest("mine.bin")).toBe(digestOf(11));
    expect(await stage.openUploads()).toEqual([]);
  });
});
