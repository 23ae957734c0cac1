import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createS3World, type S3World } from "./s3-world.ts";

let world: S3World;
beforeAll(async () => {
  world = await createS3World();
});
afterAll(() => world.end());

const put = (key: string, body: string | Uint8Array = "hello", headers: Record<string, string> = {}) =>
  world.call({ method: "PUT", key, body, headers });

function crc32Of(text: string | Uint8Array): string {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(crc32(text));
  return value.toString("base64");
}

describe("an object", () => {
  test("comes back with its bytes, ETag, version and everything that was said about it", async () => {
    const written = await put("a/report.txt", "hello", {
      "content-type": "text/plain",
      "content-disposition": 'attachment; filename="r.txt"',
      "content-language": "de",
      "cache-control": "no-store",
      expires: "Thu, 01 Dec 2033 16:00:00 GMT",
      "content-encoding": "aws-chunked,gzip",
      "x-amz-meta-origin": "https://example.org/",
      "x-amz-storage-class": "STANDARD_IA",
      "x-amz-tagging": "kind=report&year=2026",
    });
    expect(written).toMatchObject({ status: 200, headers: { etag: '"5d41402abc4b2a76b9719d911017c592"' } });
    const read = await world.call({ key: "a/report.txt" });
    expect(read.text).toBe("hello");
    expect(read.headers).toMatchObject({
      etag: '"5d41402abc4b2a76b9719d911017c592"',
      "content-length": "5",
      "content-type": "text/plain",
      "content-disposition": 'attachment; filename="r.txt"',
      "content-language": "de",
      "cache-control": "no-store",
      expires: "Thu, 01 Dec 2033 16:00:00 GMT",
      "content-encoding": "gzip",
      "x-amz-meta-origin": "https://example.org/",
      "x-amz-storage-class": "STANDARD_IA",
      "x-amz-tagging-count": "2",
      "x-amz-version-id": written.headers["x-amz-version-id"],
      "accept-ranges": "bytes",
    });
    const head = await world.call({ method: "HEAD", key: "a/report.txt" });
    expect(head.bytes).toHaveLength(0);
    const { "x-amz-request-id": a, "x-amz-id-2": b, ...described } = read.headers;
    expect(head.headers).toMatchObject(described);
  });

  test("without a type is binary/octet-stream", async () => {
    await put("untyped");
    expect((await world.call({ key: "untyped" })).headers["content-type"]).toBe("binary/octet-stream");
  });

  test("answers with the headers that the reader asks for", async () => {
    await put("override", "x", { "content-type": "text/html", "cache-control": "public" });
    const query = { "response-content-type": "text/plain", "response-cache-control": "no-store" };
    const read = await world.call({ key: "override", query });
    expect(read.headers).toMatchObject({ "content-type": "text/plain", "cache-control": "no-store" });
    const unfit = await world.call({ key: "override", query: { "response-content-disposition": "ü→" } });
    expect(unfit).toMatchObject({ status: 400, error: "InvalidArgument" });
  });

  const NAMES = [
    "a",
    "a/",
    "a//b",
    "/leading",
    "//",
    "ends/",
    "Zoë", // composed
    "Zoe\u0308", // decomposed: another key
    "שלום עולם",
    "👩‍👩‍👧‍👦/🎉",
    "%2F literal percent",
    "a+b c&d=e?f#g",
    "\u0001control\u007f",
    "new\nline\r",
    "\uffff\u{10ffff}",
    `${"é".repeat(512)}`,
    "__proto__",
    "constructor",
  ];
  test.each(NAMES)("can be called %j", async (name) => {
    const body = `the bytes of ${name}`;
    expect((await put(name, body)).status).toBe(200);
    expect((await world.call({ key: name })).text).toBe(body);
  });

  test("names of more than 1,024 bytes and paths that are no UTF-8 are refused", async () => {
    expect(await put("é".repeat(513))).toMatchObject({ status: 400, error: "KeyTooLongError" });
    expect(await world.call({ rawPath: "/holdall-test/%ff" })).toMatchObject({ status: 400, error: "InvalidURI" });
  });

  test.each([0, 1, 65_535, 65_536, 1 << 20, (1 << 20) + 1, 3_000_001])("of %i bytes comes back whole", async (size) => {
    const body = Buffer.alloc(size, "holdall ");
    const { headers } = await put(`size-${size}`, body);
    expect(headers.etag).toBe(`"${createHash("md5").update(body).digest("hex")}"`);
    expect((await world.call({ key: `size-${size}` })).bytes.equals(body)).toBe(true);
  });

  test("elsewhere than in the one bucket does not exist", async () => {
    expect(await world.call({ bucket: "other", key: "a" })).toMatchObject({ status: 404, error: "NoSuchBucket" });
  });
});

describe("the body is checked", () => {
  const value = crc32Of("hello");
  const sha256 = createHash("sha256").update("hello").digest("base64");
  const md5 = createHash("md5").update("hello").digest("base64");

  test.each([
    ["x-amz-checksum-crc32", value],
    ["x-amz-checksum-crc32c", "mnG7TA=="],
    ["x-amz-checksum-sha1", createHash("sha1").update("hello").digest("base64")],
    ["x-amz-checksum-sha256", sha256],
    ["x-amz-checksum-crc64nvme", "M3eFcAZSQlc="],
  ])("%s: stored, and given back on request", async (name, checksum) => {
    expect((await put("checked", "hello", { [name]: checksum })).headers).toMatchObject({ [name]: checksum });
    const asked = await world.call({ method: "HEAD", key: "checked", headers: { "x-amz-checksum-mode": "ENABLED" } });
    expect(asked.headers).toMatchObject({ [name]: checksum, "x-amz-checksum-type": "FULL_OBJECT" });
    const plain = await world.call({ method: "HEAD", key: "checked" });
    expect(plain.headers[name]).toBeUndefined();
    const range = { range: "bytes=0-1", "x-amz-checksum-mode": "ENABLED" };
    expect((await world.call({ key: "checked", headers: range })).headers[name]).toBeUndefined();
  });

  test.each([
    ["wrong CRC32", { "x-amz-checksum-crc32": crc32Of("other") }, "BadDigest"],
    ["wrong SHA-256", { "x-amz-checksum-sha256": createHash("sha256").digest("base64") }, "BadDigest"],
    ["wrong Content-MD5", { "content-md5": createHash("md5").digest("base64") }, "BadDigest"],
    ["malformed Content-MD5", { "content-md5": "abc" }, "InvalidDigest"],
    ["malformed checksum", { "x-amz-checksum-crc32": "abc" }, "InvalidRequest"],
    ["two checksums", { "x-amz-checksum-crc32": value, "x-amz-checksum-sha256": sha256 }, "InvalidRequest"],
    ["announced, not sent", { "x-amz-sdk-checksum-algorithm": "CRC32" }, "InvalidRequest"],
    ["fewer bytes than announced", { "content-length": "6" }, "IncompleteBody"],
    ["no length", { "content-length": "" }, "MissingContentLength"],
    ["more than 5 GiB announced", { "content-length": String(5 * 1024 ** 3 + 1) }, "EntityTooLarge"],
  ])("%s: refused, and nothing is stored", async (_, headers, code) => {
    const key = `refused-${code}`;
    expect((await put(key, "hello", headers)).error).toBe(code);
    expect((await world.call({ key })).error).toBe("NoSuchKey");
  });

  test("right values pass, in the header or in the trailer", async () => {
    expect((await put("md5", "hello", { "content-md5": md5 })).status).toBe(200);
    const headers = { "x-amz-trailer": "x-amz-checksum-crc32", "x-amz-sdk-checksum-algorithm": "CRC32" };
    const call = { method: "PUT", key: "trailer", body: "hello", headers };
    expect((await world.call({ ...call, trailers: { "x-amz-checksum-crc32": value } })).status).toBe(200);
    const wrong = await world.call({ ...call, trailers: { "x-amz-checksum-crc32": crc32Of("other") } });
    expect(wrong.error).toBe("BadDigest");
    expect((await world.call({ ...call, trailers: {} })).error).toBe("InvalidRequest");
  });

  test("an upload that breaks off leaves neither object nor file", async () => {
    async function* broken() {
      yield Buffer.alloc(2 << 20);
      throw new Error("cut");
    }
    const call = { method: "PUT", key: "broken", headers: { "content-length": "9999999" }, body: broken() };
    await expect(world.call(call)).rejects.toThrow("cut");
    expect((await world.call({ key: "broken" })).error).toBe("NoSuchKey");
  });
});

test("metadata beyond 2 KB, unknown storage classes and encryptions are refused", async () => {
  expect((await put("m", "x", { "x-amz-meta-big": "x".repeat(2048) })).error).toBe("MetadataTooLarge");
  expect((await put("m", "x", { "x-amz-storage-class": "SOMEWHERE" })).error).toBe("InvalidStorageClass");
  expect((await put("m", "x", { "x-amz-server-side-encryption": "rot13" })).error).toBe("InvalidArgument");
});

test("errors are S3's document, with the id of the request", async () => {
  const { headers, text, status } = await world.call({ key: "a <b> & c" });
  expect(status).toBe(404);
  expect(headers["content-type"]).toBe("application/xml");
  expect(text).toContain("<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message>");
  expect(text).toContain("<Key>a &lt;b&gt; &amp; c</Key>");
  expect(text).toContain(`<RequestId>${headers["x-amz-request-id"]}</RequestId>`);
  expect(text).not.toContain("xmlns");
});

test("a method that fits nothing is refused, and what is not served says so", async () => {
  expect((await world.call({ method: "PATCH", key: "a" })).error).toBe("MethodNotAllowed");
  expect((await world.call({ query: { policy: "" } })).error).toBe("NotImplemented");
});
