import { afterAll, beforeAll, expect, it } from "vitest";
import { createStorage } from "../../src/aws/create-storage.ts";
import type { SignCopyInput } from "../../src/aws/files/sign-object.ts";
import { crc32, crc32Base64 } from "../../src/shared/crc32.ts";
import { type LocalWorld, type Person, startLocalWorld } from "./support/local-world.ts";

let world: LocalWorld;
let alice: Person;

beforeAll(async () => {
  world = await startLocalWorld();
  alice = await world.person("alice");
});
afterAll(() => world.close());

async function put(path: string, text: string): Promise<{ etag: string; crc32: string }> {
  const body = new TextEncoder().encode(text);
  const sum = crc32Base64(crc32(body));
  const input = { path, size: body.length, contentType: "text/plain", crc32: sum, ifNoneMatch: false };
  const { url, method, headers } = await alice.storage.files.signPut({ ...input, metadata: { origin: "first" } });
  expect((await fetch(url, { method, headers, body })).status).toBe(200);
  return { etag: (await alice.storage.files.head(path)).etag, crc32: sum };
}

async function copy(input: SignCopyInput, files = alice.storage.files) {
  const { url, method, headers } = await files.signCopy(input);
  const answer = await fetch(url, { method, headers });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), bodyText: await answer.text() };
}

const sources = ["a b+c%2Fd&e=f?g#h.txt", "ünïcødé/שלום/\u{1f468}.png", "?versionId=x", "'(!)*~", "plain.txt"];

it.each(sources)("copies %j with its checksum, and metadata of its own", async (from) => {
  const { etag, crc32: sum } = await put(from, from);
  const path = `copy of/${from}`;
  const reply = await copy({
    from,
    etag,
    path,
    contentType: "text/html",
    ifNoneMatch: true,
    metadata: { "holdall-transfer": "01J" },
  });
  expect(reply.status, reply.bodyText).toBe(200);
  expect(reply.bodyText).toContain(sum);
  expect(await alice.storage.files.head(path)).toMatchObject({
    contentType: "text/html",
    crc32: sum,
    metadata: { "holdall-transfer": "01J" },
  });
});

it("copies no other version, into no place that is taken, and says which of both it was", async () => {
  const { etag } = await put("source.txt", "1");
  await put("taken.txt", "2");
  const input = { from: "source.txt", etag, path: "taken.txt", contentType: "", ifNoneMatch: true };
  const taken = await copy(input);
  expect(taken.status).toBe(412);
  const about = { action: "PutObject", path: "taken.txt" } as const;
  expect(alice.storage.files.explain(taken, about).code).toBe("file-exists");
  await put("source.txt", "3");
  const changed = await copy({ ...input, path: "free.txt" });
  expect(changed.status).toBe(412);
  expect(alice.storage.files.explain(changed, about).code).toBe("file-changed");
  // S3 does not say what is not there to who may not list it.
  expect((await copy({ ...input, from: "none.txt" })).status).toBe(403);
});

it("copies nothing from or into somebody else's folder", async () => {
  const bob = await world.person("bob");
  const { profile } = world;
  const { credentials } = bob;
  const intruder = createStorage({ profile, identity: alice.identity, credentials: async () => credentials });
  const { etag } = await put("mine.txt", "mine");
  const input = { from: "mine.txt", etag, path: "stolen.txt", contentType: "", ifNoneMatch: false };
  const reply = await copy(input, intruder.files);
  expect(intruder.files.explain(reply, { action: "PutObject", path: "stolen.txt" }).code).toBe("access-denied");
  expect((await copy(input)).status).toBe(200);
});
