import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { begin, complete, sendPart, sendParts } from "./multipart-calls.ts";
import { readDocument } from "./read-list.ts";
import { BUCKET, createS3World, type S3World } from "./s3-world.ts";

let world: S3World;
beforeEach(async () => {
  world = await createS3World({ minimumPartSize: 1 });
});
afterEach(() => world.end());

const put = (key: string, body: string, headers: Record<string, string> = {}) =>
  world.call({ method: "PUT", key, body, headers });
const copy = (from: string, to: string, headers: Record<string, string> = {}) =>
  world.call({ method: "PUT", key: to, headers: { "x-amz-copy-source": from, ...headers } });
const md5 = (text: string) => `"${createHash("md5").update(text).digest("hex")}"`;
const source = (key: string) => `/${BUCKET}/${encodeURIComponent(key)}`;

const SAID = {
  "content-type": "text/plain",
  "x-amz-meta-a": "1",
  "x-amz-tagging": "k=v",
  "x-amz-checksum-crc32": "NhCmhg==",
};

test("a copy has the bytes, headers, metadata, tags and checksum of its source", async () => {
  const { headers } = await put("a", "hello", SAID);
  const done = await copy(source("a"), "b");
  expect(readDocument(done.text)).toMatchObject({
    ETag: md5("hello"),
    ChecksumCRC32: "NhCmhg==",
    ChecksumType: "FULL_OBJECT",
  });
  expect(done.headers["x-amz-copy-source-version-id"]).toBe(headers["x-amz-version-id"]);
  const read = await world.call({ key: "b" });
  expect(read.text).toBe("hello");
  expect(read.headers).toMatchObject({ "content-type": "text/plain", "x-amz-meta-a": "1", "x-amz-tagging-count": "1" });
});

test("metadata and tags can be replaced", async () => {
  await put("a", "hello", SAID);
  await copy(source("a"), "b", {
    "x-amz-metadata-directive": "REPLACE",
    "x-amz-meta-b": "2",
    "content-type": "text/html",
  });
  const read = await world.call({ key: "b" });
  expect(read.headers).toMatchObject({ "content-type": "text/html", "x-amz-meta-b": "2", "x-amz-tagging-count": "1" });
  expect(read.headers["x-amz-meta-a"]).toBeUndefined();
  await copy(source("a"), "c", { "x-amz-tagging-directive": "REPLACE", "x-amz-tagging": "n=1" });
  expect((await world.call({ key: "c", query: { tagging: "" } })).text).toContain("<Key>n</Key>");
  expect((await copy(source("a"), "d", { "x-amz-metadata-directive": "MERGE" })).error).toBe("InvalidArgument");
});

test.each(["a b", "a+b", "ü/👩‍👩‍👧‍👦", "100%", "a?versionId=x", "//", "/lead"])(
  "the source may be called %j",
  async (key) => {
    await put(key, key);
    expect((await copy(source(key), "target")).status).toBe(200);
    expect((await world.call({ key: "target" })).text).toBe(key);
  },
);

test("as in S3, a bare + in the source means a space", async () => {
  await put("a b", "space");
  expect((await copy(`${BUCKET}/a+b`, "target")).status).toBe(200);
});

test("an earlier version can be brought back over a newer one and over a delete marker", async () => {
  const first = await put("a", "first");
  await put("a", "second");
  const marker = await world.call({ method: "DELETE", key: "a" });
  const from = `${source("a")}?versionId=${first.headers["x-amz-version-id"]}`;
  expect((await copy(from, "a")).status).toBe(200);
  expect((await world.call({ key: "a" })).text).toBe("first");
  const ofMarker = `${source("a")}?versionId=${marker.headers["x-amz-version-id"]}`;
  expect((await copy(ofMarker, "b")).error).toBe("InvalidRequest");
  expect((await copy(`${source("a")}?versionId=none`, "b")).error).toBe("NoSuchVersion");
});

test("an object onto itself only with a change", async () => {
  await put("a", "hello");
  expect(await copy(source("a"), "a")).toMatchObject({ status: 400, error: "InvalidRequest" });
  expect((await copy(source("a"), "a", { "x-amz-storage-class": "STANDARD_IA" })).status).toBe(200);
  expect(
    (await copy(source("a"), "a", { "x-amz-metadata-directive": "REPLACE", "x-amz-storage-class": "STANDARD_IA" }))
      .status,
  ).toBe(200);
});

test("the bytes outlive their source, also while they are being copied", async () => {
  const first = await put("a", "hello");
  const [done] = await Promise.all([
    copy(source("a"), "b", { "x-amz-checksum-algorithm": "SHA256" }),
    world.call({ method: "DELETE", key: "a", query: { versionId: first.headers["x-amz-version-id"] ?? "" } }),
  ]);
  expect(done.status).toBe(200);
  await world.restart();
  expect((await world.call({ key: "b" })).text).toBe("hello");
});

test("a copy of an object made of parts is one piece with the digests of the whole", async () => {
  const uploadId = await begin(world, "a", {
    "x-amz-checksum-algorithm": "CRC32",
    "x-amz-checksum-type": "FULL_OBJECT",
  });
  const parts = await sendParts(world, "a", uploadId, ["he", "llo"]);
  await complete(world, { key: "a", uploadId, parts });
  const done = readDocument((await copy(source("a"), "b")).text);
  expect(done).toMatchObject({ ETag: md5("hello"), ChecksumCRC32: "NhCmhg==", ChecksumType: "FULL_OBJECT" });
});

describe("conditions", () => {
  test.each([
    [{ "x-amz-copy-source-if-match": md5("hello") }, 200],
    [{ "x-amz-copy-source-if-match": '"x"' }, 412],
    [{ "x-amz-copy-source-if-none-match": md5("hello") }, 412],
    [{ "x-amz-copy-source-if-modified-since": "Mon, 01 Jan 2035 00:00:00 GMT" }, 412],
    [{ "x-amz-copy-source-if-unmodified-since": "Mon, 01 Jan 2001 00:00:00 GMT" }, 412],
    [{ "if-none-match": "*" }, 412],
    [{ "if-match": md5("target") }, 200],
    [{ "if-match": '"x"' }, 412],
  ])("%j", async (headers, status) => {
    await put("a", "hello");
    await put("b", "target");
    expect((await copy(source("a"), "b", headers)).status).toBe(status);
  });
});

test("a source that is missing, elsewhere or unreadable is refused", async () => {
  expect((await copy(source("absent"), "b")).error).toBe("NoSuchKey");
  expect((await copy("/other/a", "b")).error).toBe("NoSuchBucket");
  for (const text of ["", "a", "/", "/a/", "%ff/a"]) expect((await copy(text, "b")).error).toBe("InvalidArgument");
});

describe("UploadPartCopy", () => {
  const copyPart = (uploadId: string, number: number, headers: Record<string, string>) =>
    world.call({ method: "PUT", key: "b", query: { uploadId, partNumber: String(number) }, headers });

  test("takes ranges of objects as parts, across their own parts", async () => {
    const first = await begin(world, "a");
    const own = await sendParts(world, "a", first, ["abcde", "fghij", "klmno"]);
    await complete(world, { key: "a", uploadId: first, parts: own });
    const uploadId = await begin(world, "b", {
      "x-amz-checksum-algorithm": "CRC32",
      "x-amz-checksum-type": "FULL_OBJECT",
    });
    const from = { "x-amz-copy-source": source("a") };
    const one = await copyPart(uploadId, 1, { ...from, "x-amz-copy-source-range": "bytes=3-11" });
    const part = readDocument(one.text);
    expect(part.ETag).toBe(md5("defghijkl"));
    const two = await sendPart(world, { key: "b", uploadId, number: 2, body: "-end" });
    const three = readDocument((await copyPart(uploadId, 3, from)).text);
    const parts = [
      { number: 1, etag: part.ETag ?? "" },
      { number: 2, etag: two.headers.etag ?? "" },
      { number: 3, etag: three.ETag ?? "" },
    ];
    expect((await complete(world, { key: "b", uploadId, parts })).status).toBe(200);
    await world.call({ method: "DELETE", key: "a" });
    await world.restart();
    expect((await world.call({ key: "b" })).text).toBe("defghijkl-endabcdefghijklmno");
    const range = await world.call({ key: "b", headers: { range: "bytes=7-14" } });
    expect(range.text).toBe("kl-endab");
  });

  test("refuses ranges that are malformed or leave the source", async () => {
    await put("a", "hello");
    const uploadId = await begin(world, "b");
    for (const range of ["bytes=0-5", "bytes=3-2", "bytes=-2", "bytes=0-", "0-1"]) {
      const answer = await copyPart(uploadId, 1, {
        "x-amz-copy-source": source("a"),
        "x-amz-copy-source-range": range,
      });
      expect(answer.error).toBe("InvalidArgument");
    }
  });
});
