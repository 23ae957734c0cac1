import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { decodeListed, type Fields, readDocument } from "./read-list.ts";
import { createS3World, type S3World } from "./s3-world.ts";

let world: S3World;
beforeEach(async () => {
  world = await createS3World();
});
afterEach(() => world.end());

const put = async (key: string, body: string) =>
  (await world.call({ method: "PUT", key, body })).headers["x-amz-version-id"] ?? "";
const remove = (key: string, versionId?: string) =>
  world.call({ method: "DELETE", key, query: versionId === undefined ? {} : { versionId } });

test("every write is a version of its own, and each can be read", async () => {
  const ids = [await put("a", "one"), await put("a", "two"), await put("a", "three")];
  expect(new Set(ids).size).toBe(3);
  await world.restart();
  expect((await world.call({ key: "a" })).text).toBe("three");
  expect((await world.call({ key: "a", query: { versionId: ids[0] ?? "" } })).text).toBe("one");
});

test("a deletion without version hides, with version removes for good", async () => {
  const first = await put("a", "one");
  const gone = await remove("a");
  expect(gone).toMatchObject({ status: 204, headers: { "x-amz-delete-marker": "true" } });
  const marker = gone.headers["x-amz-version-id"] ?? "";
  const hidden = await world.call({ key: "a" });
  const seen = { "x-amz-delete-marker": "true", "x-amz-version-id": marker };
  expect(hidden).toMatchObject({ status: 404, error: "NoSuchKey", headers: seen });
  expect((await world.call({ key: "a", query: { versionId: first } })).text).toBe("one");
  const read = await world.call({ key: "a", query: { versionId: marker } });
  expect(read).toMatchObject({ status: 405, error: "MethodNotAllowed", headers: { allow: "DELETE" } });

  // Undo: without the marker the object is back.
  expect((await remove("a", marker)).headers).toMatchObject({
    "x-amz-delete-marker": "true",
    "x-amz-version-id": marker,
  });
  expect((await world.call({ key: "a" })).text).toBe("one");

  expect((await remove("a", first)).headers["x-amz-delete-marker"]).toBeUndefined();
  const after = await world.call({ key: "a" });
  expect(after.error).toBe("NoSuchKey");
  expect(after.headers["x-amz-delete-marker"]).toBeUndefined();
  expect((await remove("a", first)).status).toBe(204);
  expect((await world.call({ key: "a", query: { versionId: first } })).error).toBe("NoSuchVersion");
  expect((await world.call({ key: "a", query: { versionId: "null" } })).error).toBe("NoSuchVersion");
});

test("deleting what never was makes a marker too", async () => {
  expect((await remove("never")).headers["x-amz-delete-marker"]).toBe("true");
  const list = readDocument((await world.call({ query: { versions: "" } })).text);
  expect(list.DeleteMarker).toEqual([expect.objectContaining({ Key: "never", IsLatest: "true" })]);
});

test("missing is 404 for who may list, 403 for all others", async () => {
  const asked: unknown[] = [];
  const may = (answer: boolean) => async (question: unknown) => {
    asked.push(question);
    return answer;
  };
  await remove("deleted");
  for (const key of ["never", "deleted"]) {
    for (const method of ["GET", "HEAD"]) {
      expect((await world.call({ method, key, permits: may(true) })).status).toBe(404);
      const refused = await world.call({ method, key, permits: may(false) });
      expect(refused).toMatchObject({ status: 403, error: "AccessDenied" });
      expect(refused.headers["x-amz-delete-marker"]).toBeUndefined();
    }
  }
  expect(asked[0]).toEqual({ action: "s3:ListBucket", resource: "arn:aws:s3:::holdall-test", context: {} });
});

/** Follows ListObjectVersions to its end. */
async function listAll(own: S3World, query: Record<string, string>) {
  const entries: Fields[] = [];
  const prefixes: string[] = [];
  let next: Record<string, string> = {};
  for (let pages = 0; ; pages++) {
    if (pages > 1000) throw new Error("The list does not end");
    const { text } = await own.call({ query: { versions: "", "encoding-type": "url", ...query, ...next } });
    const list = readDocument(text);
    // In the order of the document, versions and markers mixed.
    const order = [...text.matchAll(/<VersionId>(.*?)<\/VersionId>/g)].map(([, id = ""]) => id);
    const page = [
      ...(list.Version ?? []),
      ...(list.DeleteMarker ?? []).map((marker): Fields => ({ ...marker, marker: "yes" })),
    ];
    entries.push(...page.sort((a, b) => order.indexOf(a.VersionId ?? "") - order.indexOf(b.VersionId ?? "")));
    prefixes.push(...(list.CommonPrefixes ?? []).map((entry) => decodeListed(entry.Prefix)));
    if (list.IsTruncated !== "true") return { entries, prefixes };
    next = { "key-marker": decodeListed(list.NextKeyMarker) };
    if (list.NextVersionIdMarker !== undefined) next["version-id-marker"] = list.NextVersionIdMarker;
  }
}

test("any history is listed whole, key by key, the newest first, in pages of any size", async () => {
  const step = fc.record({ key: fc.constantFrom("a", "b/1", "b/2", "c", "\u{1f389}", "\uffee"), marker: fc.boolean() });
  const steps = fc.array(step, { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(
      steps,
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom("", "/"),
      async (history, limit, delimiter) => {
        const own = await createS3World();
        const expected = new Map<string, string[]>();
        for (const { key, marker } of history) {
          const { headers } = await own.call(marker ? { method: "DELETE", key } : { method: "PUT", key, body: "x" });
          expected.set(key, [`${headers["x-amz-version-id"]}${marker}`, ...(expected.get(key) ?? [])]);
        }
        const keys = [...expected.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        const plain = keys.filter((key) => delimiter === "" || !key.includes("/"));
        const { entries, prefixes } = await listAll(own, { delimiter, "max-keys": String(limit) });
        expect(entries.map((entry) => `${entry.VersionId}${entry.marker === "yes"}`)).toEqual(
          plain.flatMap((key) => expected.get(key) ?? []),
        );
        expect(entries.filter((entry) => entry.IsLatest === "true")).toHaveLength(plain.length);
        expect(prefixes).toEqual(plain.length < keys.length ? ["b/"] : []);
        await own.end();
      },
    ),
    { numRuns: 40 },
  );
});

test("deleting each page before asking for the next empties the folder", async () => {
  for (const key of ["f/a", "f/b", "f/b", "f/b", "f/c", "g"]) await put(key, key);
  await remove("f/b");
  let next: Record<string, string> = {};
  for (let more = true; more; ) {
    const query = { versions: "", prefix: "f/", "max-keys": "2", ...next };
    const list = readDocument((await world.call({ query })).text);
    for (const entry of [...(list.Version ?? []), ...(list.DeleteMarker ?? [])])
      await remove(entry.Key ?? "", entry.VersionId);
    next = { "key-marker": list.NextKeyMarker ?? "", "version-id-marker": list.NextVersionIdMarker ?? "" };
    more = list.IsTruncated === "true";
  }
  const left = await listAll(world, {});
  expect(left.entries.map((entry) => entry.Key)).toEqual(["g"]);
});

test("a version marker needs a key marker", async () => {
  const query = { versions: "", "version-id-marker": "x" };
  expect((await world.call({ query })).error).toBe("InvalidArgument");
});
