import { afterEach, beforeEach, expect, test } from "vitest";
import { readDocument } from "./read-list.ts";
import { createS3World, type S3World } from "./s3-world.ts";

let world: S3World;
beforeEach(async () => {
  world = await createS3World();
  await world.call({ method: "PUT", key: "a", body: "x", headers: { "x-amz-tagging": "color=light%20blue&size=" } });
});
afterEach(() => world.end());

const read = async (query: Record<string, string> = {}) => {
  const { text } = await world.call({ key: "a", query: { tagging: "", ...query } });
  const set = readDocument(text).TagSet;
  return ((typeof set === "object" ? set.Tag : undefined) ?? []).map((tag) => `${tag.Key}=${tag.Value}`);
};
const tag = (key: string, value: string) => `<Tag><Key>${key}</Key><Value>${value}</Value></Tag>`;
const write = (tags: string, query: Record<string, string> = {}) =>
  world.call({
    method: "PUT",
    key: "a",
    query: { tagging: "", ...query },
    body: `<Tagging><TagSet>${tags}</TagSet></Tagging>`,
  });

test("tags are read, replaced as a whole, removed, and kept over a restart", async () => {
  expect(await read()).toEqual(["color=light blue", "size="]);
  expect((await write(tag("größe", "5 &amp; 6".replace("&amp;", "+")))).status).toBe(200);
  await world.restart();
  expect(await read()).toEqual(["größe=5 + 6"]);
  expect((await world.call({ method: "DELETE", key: "a", query: { tagging: "" } })).status).toBe(204);
  expect(await read()).toEqual([]);
  expect((await write(tag("k", "v"))).status).toBe(200);
  expect((await write("")).status).toBe(200);
  expect(await read()).toEqual([]);
});

test("each version has its own", async () => {
  const second = await world.call({ method: "PUT", key: "a", body: "y" });
  expect(await read()).toEqual([]);
  const versionId = second.headers["x-amz-version-id"] ?? "";
  await write(tag("k", "v"), { versionId });
  await world.call({ method: "PUT", key: "a", body: "z" });
  expect(await read({ versionId })).toEqual(["k=v"]);
});

test.each<[string, string, string]>([
  ["eleven", Array.from({ length: 11 }, (_, i) => tag(`k${i}`, "v")).join(""), "BadRequest"],
  ["the same key twice", tag("k", "1") + tag("k", "2"), "InvalidTag"],
  ["an empty key", tag("", "v"), "InvalidTag"],
  ["a key of 129 characters", tag("k".repeat(129), "v"), "InvalidTag"],
  ["a value of 257 characters", tag("k", "v".repeat(257)), "InvalidTag"],
  ["a character that tags may not have", tag("k", "a;b"), "InvalidTag"],
  ["a reserved name", tag("aws:k", "v"), "InvalidTag"],
  ["no value", "<Tag><Key>k</Key></Tag>", "MalformedXML"],
])("refused: %s", async (_, tags, code) => {
  expect(await write(tags)).toMatchObject({ status: 400, error: code });
  expect(await read()).toEqual(["color=light blue", "size="]);
});

test("a header with wrong tags refuses the object", async () => {
  for (const text of ["k=1&k=2", "k=%ff", Array.from({ length: 11 }, (_, i) => `k${i}=v`).join("&")]) {
    const answer = await world.call({ method: "PUT", key: "b", body: "x", headers: { "x-amz-tagging": text } });
    expect(answer.status).toBe(400);
  }
  expect((await world.call({ key: "b" })).error).toBe("NoSuchKey");
});

test("what is not there has no tags", async () => {
  expect((await world.call({ key: "none", query: { tagging: "" } })).error).toBe("NoSuchKey");
  const answer = await world.call({ key: "a", query: { tagging: "", versionId: "none" } });
  expect(answer.error).toBe("NoSuchVersion");
});
