import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Authorization } from "../../../local/service.ts";
import { readDocument } from "./read-list.ts";
import { createRequest, createS3World, type S3World } from "./s3-world.ts";

let world: S3World;
beforeEach(async () => {
  world = await createS3World();
});
afterEach(() => world.end());

type Permits = (authorization: Authorization) => Promise<boolean>;

function batch(inner: string, permits?: Permits) {
  const body = `<Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</Delete>`;
  const headers = { "content-md5": createHash("md5").update(body).digest("base64") };
  return { method: "POST", query: { delete: "" }, body, headers, ...(permits === undefined ? {} : { permits }) };
}
const put = async (key: string) =>
  (await world.call({ method: "PUT", key, body: "hello" })).headers["x-amz-version-id"] ?? "";
const entry = (key: string, more = "") => `<Object><Key>${key}</Key>${more}</Object>`;

test("each key gets its own answer: markers, versions, and keys that never were", async () => {
  const version = await put("a&b");
  await put("c");
  const inner = entry("a&amp;b", `<VersionId>${version}</VersionId>`) + entry("c") + entry("never");
  const result = readDocument((await world.call(batch(inner))).text);
  const marker = { DeleteMarker: "true", DeleteMarkerVersionId: expect.stringMatching(/^.{32}$/) };
  expect(result.Deleted).toEqual([
    { Key: "a&b", VersionId: version },
    { Key: "c", ...marker },
    { Key: "never", ...marker },
  ]);
  expect((await world.call({ key: "a&b", query: { versionId: version } })).error).toBe("NoSuchVersion");
});

test("keys that IAM refuses come back as errors, and the others are deleted", async () => {
  await put("alice/1");
  await put("bob/1");
  const asked: Authorization[] = [];
  const permits: Permits = async (question) => {
    asked.push(question);
    return question.resource.includes("/alice/") && question.action === "s3:DeleteObject";
  };
  const inner = entry("alice/1") + entry("bob/1") + entry("alice/2", "<VersionId>v</VersionId>");
  const call = batch(inner, permits);
  expect(await world.service.authorize(createRequest(call))).toEqual([]);
  const { text, status } = await world.call(call);
  expect(status).toBe(200);
  const result = readDocument(text);
  expect(result.Deleted?.map((deleted) => deleted.Key)).toEqual(["alice/1"]);
  const denied = { Code: "AccessDenied", Message: "Access Denied" };
  expect(result.Error).toEqual([
    { Key: "bob/1", ...denied },
    { Key: "alice/2", VersionId: "v", ...denied },
  ]);
  expect((await world.call({ key: "bob/1" })).text).toBe("hello");
  const resource = "arn:aws:s3:::holdall-test/alice/2";
  expect(asked).toContainEqual({ action: "s3:DeleteObjectVersion", resource, context: { "s3:VersionId": "v" } });
});

test("without permits every key is asked for beforehand, and the body is still there", async () => {
  await put("a");
  const request = createRequest(batch(entry("a") + entry("b", '<ETag>"x"</ETag>')));
  const resource = (key: string) => `arn:aws:s3:::holdall-test/${key}`;
  expect(await world.service.authorize(request)).toEqual([
    { action: "s3:DeleteObject", resource: resource("a"), context: {} },
    { action: "s3:DeleteObject", resource: resource("b"), context: {} },
    { action: "s3:GetObject", resource: resource("b"), context: {} },
  ]);
  expect((await world.service.handle(request)).status).toBe(200);
  expect((await world.call({ key: "a" })).error).toBe("NoSuchKey");
});

test("an ETag that does not match keeps its key", async () => {
  await put("a");
  await put("b");
  const inner =
    entry("a", "<ETag>&quot;5d41402abc4b2a76b9719d911017c592&quot;</ETag>") + entry("b", "<ETag>other</ETag>");
  const result = readDocument((await world.call(batch(inner))).text);
  expect(result.Deleted?.map((deleted) => deleted.Key)).toEqual(["a"]);
  expect(result.Error).toEqual([expect.objectContaining({ Key: "b", Code: "PreconditionFailed" })]);
});

test("quiet answers name the errors only", async () => {
  await put("a");
  const inner = `<Quiet>true</Quiet>${entry("a")}${entry("é".repeat(600))}`;
  const result = readDocument((await world.call(batch(inner))).text);
  expect(result.Deleted).toBeUndefined();
  expect(result.Error).toEqual([expect.objectContaining({ Code: "KeyTooLongError" })]);
});

test("1,000 keys full of entities go in one request, 1,001 do not", async () => {
  const keys = (count: number) =>
    Array.from({ length: count }, (_, i) => entry(`&amp;&lt;&gt;&#13;&#x1F600; ${i}`)).join("");
  const result = readDocument((await world.call(batch(keys(1000)))).text);
  expect(result.Deleted).toHaveLength(1000);
  expect(result.Deleted?.[7]?.Key).toBe("&<>\r😀 7".replace("\r", "&#xd;"));
  expect((await world.call(batch(keys(1001)))).error).toBe("MalformedXML");
});

test.each([
  ["nothing", ""],
  ["no key", "<Object></Object>"],
  ["an empty key", entry("")],
  ["bare text", "<Object>a</Object>"],
  ["an unclosed element", "<Object><Key>a</Object>"],
  ["a control character", entry("a&#x1;b")],
  ["an element within the key", entry("<b>a</b>")],
])("refused: %s", async (_, inner) => {
  expect(await world.call(batch(inner))).toMatchObject({ status: 400, error: "MalformedXML" });
});

test("a batch without digest, or with a wrong one, deletes nothing", async () => {
  await put("a");
  const { headers: _, ...bare } = batch(entry("a"));
  expect(await world.call(bare)).toMatchObject({ status: 400, error: "InvalidRequest" });
  const wrong = { "content-md5": createHash("md5").digest("base64") };
  expect((await world.call({ ...bare, headers: wrong })).error).toBe("BadDigest");
  expect((await world.call({ key: "a" })).status).toBe(200);
});
