import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listPages, readDocument } from "./read-list.ts";
import { createS3World, type S3World } from "./s3-world.ts";

let world: S3World;
beforeEach(async () => {
  world = await createS3World();
});
afterEach(() => world.end());

async function putAll(keys: Iterable<string>): Promise<void> {
  for (const key of keys) await world.call({ method: "PUT", key, body: key });
}

/** Short keys from few characters, so that prefixes, delimiters and the borders of UTF-16 meet often. */
const character = fc.constantFrom(
  "a",
  "b",
  "/",
  "//",
  " ",
  "+",
  "é",
  "\uffff",
  "\ue000",
  "\u{10000}",
  "\u{1f389}",
  "\u0001",
);
const key = fc.array(character, { minLength: 1, maxLength: 5 }).map((characters) => characters.join(""));
const query = fc.record({
  prefix: fc.oneof(fc.constant(""), key),
  delimiter: fc.constantFrom("", "/", "a", "//", "\u{1f389}"),
  startAfter: fc.oneof(fc.constant(""), key),
  limit: fc.integer({ min: 1, max: 4 }),
});

/** What a list has to say, the slow and obvious way. */
function model(
  keys: Iterable<string>,
  { prefix, delimiter, startAfter }: { prefix: string; delimiter: string; startAfter: string },
) {
  const entries = new Map<string, "key" | "prefix">();
  for (const name of [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))) {
    if (!name.startsWith(prefix) || Buffer.compare(Buffer.from(name), Buffer.from(startAfter)) <= 0) continue;
    const end = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length);
    if (end === -1) entries.set(name, "key");
    else entries.set(name.slice(0, end + delimiter.length), "prefix");
  }
  return {
    keys: [...entries].filter(([, kind]) => kind === "key").map(([name]) => name),
    prefixes: [...entries].filter(([, kind]) => kind === "prefix").map(([name]) => name),
    size: entries.size,
  };
}

test("pages of any size, put together, are what the keys, prefix, delimiter and start-after say", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(key, { maxLength: 25 }),
      fc.array(query, { minLength: 4, maxLength: 4 }),
      async (keys, queries) => {
        const own = await createS3World();
        for (const name of keys) await own.call({ method: "PUT", key: name, body: "" });
        for (const wanted of queries) {
          const { prefix, delimiter, startAfter, limit } = wanted;
          const pages = await listPages(own, {
            prefix,
            delimiter,
            "start-after": startAfter,
            "max-keys": String(limit),
          });
          const expected = model(keys, wanted);
          expect(pages.flatMap((page) => page.keys)).toEqual(expected.keys);
          expect(pages.flatMap((page) => page.prefixes)).toEqual(expected.prefixes);
          expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.size / limit)));
        }
        await own.end();
      },
    ),
    { numRuns: 60 },
  );
});

test("deleted keys are not listed, and keys written between two pages are found if they come later", async () => {
  await putAll(["a", "b", "c", "d"]);
  await world.call({ method: "DELETE", key: "b" });
  const first = readDocument((await world.call({ query: { "list-type": "2", "max-keys": "1" } })).text);
  await putAll(["0", "bb"]);
  const token = first.NextContinuationToken ?? "";
  const rest = readDocument((await world.call({ query: { "list-type": "2", "continuation-token": token } })).text);
  expect(rest.Contents?.map((entry) => entry.Key)).toEqual(["bb", "c", "d"]);
});

test("an answer has S3's elements", async () => {
  await world.call({ method: "PUT", key: "f/a.txt", body: "hello", headers: { "x-amz-checksum-crc32": "NhCmhg==" } });
  await putAll(["f/g/1", "f/g/2"]);
  const asked = { "list-type": "2", prefix: "f/", delimiter: "/", "fetch-owner": "true", "start-after": "f/A" };
  const { text, headers } = await world.call({ query: asked });
  expect(headers["content-type"]).toBe("application/xml");
  expect(text).toContain('<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">');
  const list = readDocument(text);
  expect(list).toMatchObject({
    Name: "holdall-test",
    Prefix: "f/",
    Delimiter: "/",
    StartAfter: "f/A",
    MaxKeys: "1000",
    KeyCount: "2",
    IsTruncated: "false",
    CommonPrefixes: [{ Prefix: "f/g/" }],
  });
  expect(list.Contents).toEqual([
    expect.objectContaining({
      Key: "f/a.txt",
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      ChecksumAlgorithm: "CRC32",
      ChecksumType: "FULL_OBJECT",
      Size: "5",
      StorageClass: "STANDARD",
      Owner: { ID: expect.stringMatching(/^[0-9a-f]{64}$/) },
    }),
  ]);
});

test("encoding-type=url writes a space as + and leaves slashes alone", async () => {
  await putAll(["a b/c+d\u0001.txt"]);
  const { text } = await world.call({ query: { "list-type": "2", "encoding-type": "url" } });
  expect(text).toContain("<Key>a+b/c%2Bd%01.txt</Key>");
});

test("max-keys 0 is an empty page; wrong parameters are refused", async () => {
  await putAll(["a"]);
  const empty = readDocument((await world.call({ query: { "list-type": "2", "max-keys": "0" } })).text);
  expect(empty).toMatchObject({ KeyCount: "0", IsTruncated: "false" });
  for (const wrong of [
    { "max-keys": "-1" },
    { "max-keys": "x" },
    { "continuation-token": "x" },
    { "encoding-type": "xml" },
  ]) {
    expect((await world.call({ query: { "list-type": "2", ...wrong } })).error).toBe("InvalidArgument");
  }
});
