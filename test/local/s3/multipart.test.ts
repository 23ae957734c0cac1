import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { begin, complete, sendPart, sendParts } from "./multipart-calls.ts";
import { readDocument } from "./read-list.ts";
import { createS3World, type S3World } from "./s3-world.ts";

let world: S3World;
beforeEach(async () => {
  world = await createS3World({ minimumPartSize: 5, smallSize: 0 });
});
afterEach(() => world.end());

async function storedFiles(): Promise<number> {
  const names = await readdir(world.dataDir, { recursive: true });
  return names.filter((name) => /[0-9a-f]{32}$/.test(name)).length;
}

test("parts become one object, with S3's ETag, and what was said at the beginning", async () => {
  const said = { "content-type": "text/plain", "x-amz-meta-a": "1", "x-amz-tagging": "k=v" };
  const uploadId = await begin(world, "f/big", said);
  expect((await world.call({ key: "f/big" })).error).toBe("NoSuchKey");
  const parts = await sendParts(world, "f/big", uploadId, ["first", "second", "3"]);
  const headers = { host: "127.0.0.1:9000" };
  const done = await complete(world, { key: "f/big", uploadId, parts, headers });
  const md5s = ["first", "second", "3"].map((text) => createHash("md5").update(text).digest());
  const etag = `"${createHash("md5").update(Buffer.concat(md5s)).digest("hex")}-3"`;
  const described = {
    Bucket: "holdall-test",
    Key: "f/big",
    ETag: etag,
    Location: "http://127.0.0.1:9000/holdall-test/f/big",
  };
  expect(readDocument(done.text)).toMatchObject(described);
  const read = await world.call({ key: "f/big" });
  expect(read.text).toBe("firstsecond3");
  expect(read.headers).toMatchObject({
    etag,
    "x-amz-version-id": done.headers["x-amz-version-id"],
    "content-type": "text/plain",
    "x-amz-meta-a": "1",
    "x-amz-tagging-count": "1",
  });
  const second = await world.call({ key: "f/big", query: { partNumber: "2" } });
  expect(second.text).toBe("second");
  expect(second.headers).toMatchObject({ "content-range": "bytes 5-10/12", "x-amz-mp-parts-count": "3" });
  expect((await world.call({ key: "f/big", query: { partNumber: "4" } })).error).toBe("InvalidPartNumber");
});

test("a completion whose answer was lost can be repeated, also after a restart", async () => {
  const uploadId = await begin(world, "k");
  const parts = await sendParts(world, "k", uploadId, ["first", "2"]);
  const first = await complete(world, { key: "k", uploadId, parts, headers: { "if-none-match": "*" } });
  await world.restart();
  const again = await complete(world, { key: "k", uploadId, parts, headers: { "if-none-match": "*" } });
  expect(again).toMatchObject({ status: 200, headers: { "x-amz-version-id": first.headers["x-amz-version-id"] } });
  expect((await complete(world, { key: "k", uploadId, parts: parts.slice(1) })).error).toBe("NoSuchUpload");
  expect((await sendPart(world, { key: "k", uploadId, number: 3, body: "x" })).error).toBe("NoSuchUpload");
});

test("a part that is sent again replaces the first, and parts that are not named go", async () => {
  const uploadId = await begin(world, "k");
  await sendParts(world, "k", uploadId, ["wrong", "right"]);
  const [one] = await sendParts(world, "k", uploadId, ["fixed"]);
  if (one === undefined) throw new Error("no part");
  expect((await complete(world, { key: "k", uploadId, parts: [one] })).status).toBe(200);
  expect((await world.call({ key: "k" })).text).toBe("fixed");
  await world.restart();
  expect(await storedFiles()).toBe(1);
});

describe("a completion is refused", () => {
  test.each([
    ["parts out of order", [2, 1], "InvalidPartOrder"],
    ["a part twice", [1, 1], "InvalidPartOrder"],
    ["a part that was not sent", [1, 9], "InvalidPart"],
    ["a part before the last that is too small", [1, 2, 3], "EntityTooSmall"],
    ["no parts", [], "MalformedXML"],
  ])("for %s", async (_, numbers, code) => {
    const uploadId = await begin(world, "k");
    const sent = await sendParts(world, "k", uploadId, ["first", "2", "third"]);
    const parts = numbers.map((number) => ({ number, etag: sent[number - 1]?.etag ?? '"none"' }));
    expect(await complete(world, { key: "k", uploadId, parts })).toMatchObject({ status: 400, error: code });
    expect((await world.call({ key: "k" })).error).toBe("NoSuchKey");
    expect((await complete(world, { key: "k", uploadId, parts: sent.slice(0, 2) })).status).toBe(200);
  });

  test("for another part's ETag, another size, another key, an unknown upload, a body that is no XML", async () => {
    const uploadId = await begin(world, "k");
    const parts = await sendParts(world, "k", uploadId, ["first"]);
    const wrong = [{ number: 1, etag: '"00000000000000000000000000000000"' }];
    expect((await complete(world, { key: "k", uploadId, parts: wrong })).error).toBe("InvalidPart");
    const size = await complete(world, { key: "k", uploadId, parts, headers: { "x-amz-mp-object-size": "6" } });
    expect(size).toMatchObject({ status: 400, error: "InvalidRequest" });
    expect(size.text).toContain("header value 6 does not match what was computed: 5");
    expect((await complete(world, { key: "other", uploadId, parts })).error).toBe("NoSuchUpload");
    expect((await complete(world, { key: "k", uploadId: "unknown", parts })).error).toBe("NoSuchUpload");
    const text = await world.call({ method: "POST", key: "k", query: { uploadId }, body: "hello" });
    expect(text.error).toBe("MalformedXML");
    const right = await complete(world, { key: "k", uploadId, parts, headers: { "x-amz-mp-object-size": "5" } });
    expect(right.status).toBe(200);
  });

  test("by its conditions, and can then be tried without", async () => {
    await world.call({ method: "PUT", key: "k", body: "before" });
    const uploadId = await begin(world, "k");
    const parts = await sendParts(world, "k", uploadId, ["first"]);
    const create = await complete(world, { key: "k", uploadId, parts, headers: { "if-none-match": "*" } });
    expect(create).toMatchObject({ status: 412, error: "PreconditionFailed" });
    const swap = await complete(world, { key: "k", uploadId, parts, headers: { "if-match": '"x"' } });
    expect(swap.status).toBe(412);
    expect((await complete(world, { key: "k", uploadId, parts })).status).toBe(200);
  });
});

test("an aborted upload leaves nothing, not even a part that was under way", async () => {
  const uploadId = await begin(world, "k");
  await sendParts(world, "k", uploadId, ["first"]);
  async function* slowly() {
    yield Buffer.from("sec");
    await world.call({ method: "DELETE", key: "k", query: { uploadId } });
    yield Buffer.from("ond");
  }
  const query = { uploadId, partNumber: "2" };
  const part = await world.call({ method: "PUT", key: "k", query, headers: { "content-length": "6" }, body: slowly() });
  expect(part).toMatchObject({ status: 404, error: "NoSuchUpload" });
  expect((await world.call({ method: "DELETE", key: "k", query: { uploadId } })).error).toBe("NoSuchUpload");
  await expect.poll(storedFiles).toBe(0);
});

test("part numbers are 1 to 10,000", async () => {
  const uploadId = await begin(world, "k");
  for (const number of [0, 10_001, -1]) {
    expect((await sendPart(world, { key: "k", uploadId, number, body: "x" })).error).toBe("InvalidArgument");
  }
  expect((await sendPart(world, { key: "k", uploadId, number: 10_000, body: "x" })).status).toBe(200);
});

test("ListParts gives what a client needs to go on, page by page, also after a restart", async () => {
  const uploadId = await begin(world, "k", { "x-amz-checksum-algorithm": "CRC32" });
  await sendParts(world, "k", uploadId, ["first", "second", "third"]);
  await world.restart();
  const list = async (query: Record<string, string>) =>
    readDocument((await world.call({ key: "k", query: { uploadId, ...query } })).text);
  const first = await list({ "max-parts": "2" });
  expect(first).toMatchObject({
    IsTruncated: "true",
    NextPartNumberMarker: "2",
    ChecksumAlgorithm: "CRC32",
    ChecksumType: "COMPOSITE",
  });
  expect(first.Part?.map((part) => part.PartNumber)).toEqual(["1", "2"]);
  expect(first.Part?.[0]).toMatchObject({ ETag: `"${createHash("md5").update("first").digest("hex")}"`, Size: "5" });
  expect(first.Part?.[0]?.ChecksumCRC32).toMatch(/^.{6}==$/);
  const rest = await list({ "part-number-marker": "2" });
  expect(rest).toMatchObject({ IsTruncated: "false", NextPartNumberMarker: "3" });
  expect(rest.Part?.map((part) => part.PartNumber)).toEqual(["3"]);
  expect((await world.call({ key: "k", query: { uploadId: "unknown" } })).error).toBe("NoSuchUpload");
});

test("ListMultipartUploads pages through the uploads under way", async () => {
  for (const key of ["b", "a/1", "a/2", "c"]) await begin(world, key);
  const second = await begin(world, "b");
  const list = async (query: Record<string, string>) =>
    readDocument((await world.call({ query: { uploads: "", ...query } })).text);
  const all = await list({});
  expect(all.Upload?.map((upload) => upload.Key)).toEqual(["a/1", "a/2", "b", "b", "c"]);
  const page = await list({ delimiter: "/", "max-uploads": "2" });
  expect(page).toMatchObject({ IsTruncated: "true", NextKeyMarker: "b", CommonPrefixes: [{ Prefix: "a/" }] });
  const next = { delimiter: "/", "key-marker": "b", "upload-id-marker": page.NextUploadIdMarker ?? "" };
  const rest = await list(next);
  expect(rest.Upload?.map((upload) => upload.Key)).toEqual(["b", "c"]);
  expect([page.Upload?.[0]?.UploadId, rest.Upload?.[0]?.UploadId]).toContain(second);
});
