import { readdir } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createS3World, type S3World } from "./s3-world.ts";

const ETAG = '"5d41402abc4b2a76b9719d911017c592"';
const WRITTEN = Date.UTC(2026, 5, 1, 12, 0, 0, 700);
const THEN = "Mon, 01 Jun 2026 12:00:00 GMT";
const BEFORE = "Mon, 01 Jun 2026 11:59:59 GMT";

let world: S3World;
beforeEach(async () => {
  world = await createS3World({ now: () => WRITTEN, smallSize: 0 });
  await put("there");
});
afterEach(() => world.end());

const put = (key: string, headers: Record<string, string> = {}) =>
  world.call({ method: "PUT", key, body: "hello", headers });

describe("reads", () => {
  test.each<[string, Record<string, string>, number]>([
    ["If-Match, same", { "if-match": ETAG }, 200],
    ["If-Match, unquoted", { "if-match": ETAG.slice(1, -1) }, 200],
    ["If-Match, one of several", { "if-match": `"x", ${ETAG}` }, 200],
    ["If-Match, other", { "if-match": '"x"' }, 412],
    ["If-None-Match, other", { "if-none-match": '"x"' }, 200],
    ["If-None-Match, same", { "if-none-match": ETAG }, 304],
    ["If-None-Match, weak", { "if-none-match": `W/${ETAG}` }, 304],
    ["If-None-Match, any", { "if-none-match": "*" }, 304],
    ["If-Modified-Since, the same second", { "if-modified-since": THEN }, 304],
    ["If-Modified-Since, before", { "if-modified-since": BEFORE }, 200],
    ["If-Modified-Since, no date", { "if-modified-since": "yesterday" }, 200],
    ["If-Unmodified-Since, the same second", { "if-unmodified-since": THEN }, 200],
    ["If-Unmodified-Since, before", { "if-unmodified-since": BEFORE }, 412],
    ["a matching ETag outweighs a date", { "if-match": ETAG, "if-unmodified-since": BEFORE }, 200],
    ["a known ETag outweighs a date", { "if-none-match": ETAG, "if-modified-since": BEFORE }, 304],
  ])("%s", async (_, headers, status) => {
    const answer = await world.call({ key: "there", headers });
    expect(answer.status).toBe(status);
    expect((await world.call({ method: "HEAD", key: "there", headers })).status).toBe(status);
    if (status === 304)
      expect(answer).toMatchObject({ bytes: Buffer.alloc(0), headers: { etag: ETAG, "last-modified": THEN } });
  });
});

describe("writes", () => {
  test("If-None-Match: * creates, and never replaces", async () => {
    expect((await put("new", { "if-none-match": "*" })).status).toBe(200);
    expect(await put("new", { "if-none-match": "*" })).toMatchObject({ status: 412, error: "PreconditionFailed" });
    await world.call({ method: "DELETE", key: "new" });
    expect((await put("new", { "if-none-match": "*" })).status).toBe(200);
  });

  test("If-Match replaces only what the writer has seen", async () => {
    expect((await put("there", { "if-match": ETAG })).status).toBe(200);
    expect(await put("there", { "if-match": '"other"' })).toMatchObject({ status: 412, error: "PreconditionFailed" });
    expect(await put("absent", { "if-match": ETAG })).toMatchObject({ status: 404, error: "NoSuchKey" });
  });

  test("what S3 does not take is refused", async () => {
    expect((await put("there", { "if-none-match": ETAG })).error).toBe("NotImplemented");
    expect((await put("there", { "if-none-match": "*", "if-match": ETAG })).error).toBe("NotImplemented");
  });

  test("of many creators at once, one wins", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => put("race", { "if-none-match": "*" })));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 412)).toHaveLength(19);
  });

  test("of many editors of one version, one wins", async () => {
    const edit = (i: number) =>
      world.call({ method: "PUT", key: "there", body: `edit ${i}`, headers: { "if-match": ETAG } });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => edit(i)));
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  test("a deletion during the upload is a conflict", async () => {
    for (const [key, headers] of [
      ["there", { "if-match": ETAG }],
      ["fresh", { "if-none-match": "*" }],
    ] as const) {
      async function* slowly() {
        yield Buffer.from("hel");
        await world.call({ method: "DELETE", key });
        if (key === "there") await put(key);
        yield Buffer.from("lo");
      }
      const answer = await world.call({
        method: "PUT",
        key,
        headers: { ...headers, "content-length": "5" },
        body: slowly(),
      });
      expect(answer).toMatchObject({ status: 409, error: "ConditionalRequestConflict" });
    }
  });

  test("refused writes leave no bytes behind", async () => {
    await put("there", { "if-match": '"other"' });
    const files = await readdir(world.dataDir, { recursive: true });
    expect(files.filter((name) => /[0-9a-f]{32}$/.test(name))).toHaveLength(1);
  });
});

describe("deletions", () => {
  const remove = (key: string, match: string) => world.call({ method: "DELETE", key, headers: { "if-match": match } });

  test("If-Match deletes only what the caller has seen", async () => {
    expect(await remove("there", '"other"')).toMatchObject({ status: 412, error: "PreconditionFailed" });
    expect(await remove("absent", ETAG)).toMatchObject({ status: 404, error: "NoSuchKey" });
    expect((await remove("there", ETAG)).status).toBe(204);
    expect((await remove("there", "*")).status).toBe(412);
  });
});
