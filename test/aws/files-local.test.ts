import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { mapS3Response } from "../../src/aws/map-error.ts";
import { crc32, crc32Base64 } from "../../src/shared/crc32.ts";
import { type LocalWorld, type Person, startLocalWorld } from "./support/local-world.ts";

let world: LocalWorld;
let alice: Person;

beforeAll(async () => {
  world = await startLocalWorld();
  alice = await world.person("alice");
});
afterAll(() => world.close());
beforeEach(() => world.control("DELETE", "/faults"));

interface PutOptions {
  ifNoneMatch?: boolean;
  sum?: string | null;
  contentType?: string;
}

async function put(path: string, text: string, options: PutOptions = {}, person = alice): Promise<Response> {
  const bytes = new TextEncoder().encode(text);
  const { url, headers, method } = await person.storage.files.signPut({
    path,
    size: bytes.length,
    contentType: options.contentType ?? "text/plain",
    crc32: options.sum === undefined ? crc32Base64(crc32(bytes)) : options.sum,
    ifNoneMatch: options.ifNoneMatch ?? false,
    metadata: { origin: "test" },
  });
  return fetch(url, { method, headers, body: bytes });
}

async function get(path: string, input: { etag?: string; range?: string } = {}): Promise<Response> {
  const { url, headers, method } = await alice.storage.files.signGet({ path, ...input });
  return fetch(url, { method, headers });
}

const oddNames = [
  "a b+c%2Fd&e=f?g#h.txt",
  "ünïcødé/Å/\u{1f468}\u200d\u{1f469}\u200d\u{1f467}.png",
  "שלום/עולם.txt",
  "e\u0301 decomposed \u00e9 composed",
  "'quotes\"<tags>&amp;;:@,$!*()[]{}|\\^`~",
  "%2e%2e/%00/..a/a..",
  "trailing space ",
  "~/.hidden",
];

describe("signed requests", () => {
  it.each(oddNames)("puts, lists, heads, gets and deletes %j", async (name) => {
    const path = `odd/${name}`;
    expect((await put(path, name)).status).toBe(200);
    const listed = await alice.storage.files.list({ prefix: "odd/", flat: true });
    expect(listed.files.map((file) => file.path)).toEqual([path]);
    const [row] = listed.files;
    const head = await alice.storage.files.head(path);
    expect(head).toMatchObject({ ...row, modifiedAt: expect.any(Number), contentType: "text/plain" });
    expect(head.crc32).toBe(crc32Base64(crc32(new TextEncoder().encode(name))));
    expect(head.metadata).toEqual({ origin: "test" });
    const answer = await get(path, { etag: head.etag });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe(name);
    expect(answer.headers.get("x-amz-checksum-crc32")).toBe(head.crc32);
    await alice.storage.files.delete({ path, etag: head.etag });
    expect((await alice.storage.files.list({ prefix: "odd/", flat: true })).files).toEqual([]);
  });

  it("signs every key so that fetch sends it unchanged", async () => {
    const segment = fc
      .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
      .filter((s) => !/[/\p{Cc}]|^\.\.?$/u.test(s));
    await fc.assert(
      fc.asyncProperty(fc.array(segment, { minLength: 1, maxLength: 3 }), async (segments) => {
        const path = `any/${segments.join("/")}`;
        const answer = await put(path, "x");
        expect(answer.status, await answer.text()).toBe(200);
        const read = await get(path);
        expect(await read.text()).toBe("x");
      }),
      { numRuns: 60 },
    );
  }, 30_000);

  it("lets S3 refuse a body that is not what was signed", async () => {
    const answer = await put("wrong.txt", "hello", { sum: crc32Base64(crc32(new TextEncoder().encode("other"))) });
    expect(answer.status).toBe(400);
    const error = mapS3Response(answer.status, Object.fromEntries(answer.headers), await answer.text(), {
      name: "wrong.txt",
    });
    expect(error).toMatchObject({ code: "checksum-mismatch", facts: { service: "s3", requestId: expect.any(String) } });
    await expect(alice.storage.files.head("wrong.txt")).rejects.toMatchObject({ code: "file-missing" });
  });

  it("does not overwrite when asked not to, and says which it was", async () => {
    expect((await put("once.txt", "1", { ifNoneMatch: true })).status).toBe(200);
    const second = await put("once.txt", "2", { ifNoneMatch: true });
    expect(second.status).toBe(412);
    const context = { name: "once.txt", action: "s3:PutObject" };
    const error = mapS3Response(second.status, Object.fromEntries(second.headers), await second.text(), context);
    expect(error).toMatchObject({ code: "file-exists", facts: { subs: ["once.txt"] } });
    expect(await (await get("once.txt")).text()).toBe("1");
  });

  it("reads ranges, and nothing when the object changed", async () => {
    await put("range.txt", "0123456789");
    const part = await get("range.txt", { range: "bytes=2-4" });
    expect([part.status, await part.text()]).toEqual([206, "234"]);
    expect((await get("range.txt", { etag: '"00000000000000000000000000000000"' })).status).toBe(412);
  });

  it("puts no credential into the URL", async () => {
    const { url } = await alice.storage.files.signGet({ path: "a" });
    expect(url).not.toMatch(/amz-|signature|credential|token/i);
    expect(url).not.toContain(alice.credentials.accessKeyId);
  });
});

describe("folders", () => {
  beforeAll(async () => {
    for (const path of ["tree/a.txt", "tree/b/c.txt", "tree/b/d/e.txt", "tree/ü +/f.txt"]) await put(path, path);
  });

  it("lists files and folders of one level", async () => {
    const { files, folders, cursor } = await alice.storage.files.list({ prefix: "tree/" });
    expect(files.map((file) => file.path)).toEqual(["tree/a.txt"]);
    expect(folders).toEqual(["tree/b/", "tree/ü +/"]);
    expect(cursor).toBeNull();
    const deeper = await alice.storage.files.list({ prefix: "tree/ü +/" });
    expect(deeper.files.map((file) => file.path)).toEqual(["tree/ü +/f.txt"]);
  });

  it("keeps another person's files out of sight", async () => {
    const bob = await world.person("bob");
    expect((await bob.storage.files.list({ prefix: "", flat: true })).files).toEqual([]);
    await expect(bob.storage.files.head("tree/a.txt")).rejects.toMatchObject({ code: "file-missing" });
  });
});

describe("deletion", () => {
  it("is undone by its marker", async () => {
    await put("undo.txt", "still here");
    const { etag } = await alice.storage.files.head("undo.txt");
    const { deleteMarker } = await alice.storage.files.delete({ path: "undo.txt", etag });
    expect(deleteMarker).toEqual(expect.any(String));
    await expect(alice.storage.files.head("undo.txt")).rejects.toMatchObject({ code: "file-missing" });
    await alice.storage.files.undelete({ path: "undo.txt", deleteMarker: deleteMarker ?? "" });
    expect(await (await get("undo.txt")).text()).toBe("still here");
  });

  it("spares an object that changed since it was listed", async () => {
    await put("changed.txt", "1");
    const { etag } = await alice.storage.files.head("changed.txt");
    await put("changed.txt", "2");
    await expect(alice.storage.files.delete({ path: "changed.txt", etag })).rejects.toMatchObject({
      code: "file-changed",
      facts: { subs: ["changed.txt"], awsCode: "PreconditionFailed" },
    });
    expect(await (await get("changed.txt")).text()).toBe("2");
  });

  it("takes a lost answer for done", async () => {
    await put("lost.txt", "1");
    const { etag } = await alice.storage.files.head("lost.txt");
    await world.control("POST", "/faults", { operation: "DeleteObject", kind: "cutAfter" });
    await alice.storage.files.delete({ path: "lost.txt", etag });
    await expect(alice.storage.files.head("lost.txt")).rejects.toMatchObject({ code: "file-missing" });
  });
});

describe("failures", () => {
  it.each([["bucket-missing or denied", { name: "no-such-bucket" }, "access-denied"]])(
    "says %s",
    async (_, bucket, code) => {
      const person = await world.person("alice", { bucket: { ...world.profile.bucket, ...bucket } });
      await expect(person.storage.files.list({ prefix: "" })).rejects.toMatchObject({ code });
    },
  );

  it("says where the bucket is when the region is wrong", async () => {
    const person = await world.person("alice", { region: "us-west-2" });
    await expect(person.storage.files.list({ prefix: "" })).rejects.toMatchObject({
      code: "wrong-region",
      facts: { subs: ["us-west-2", world.profile.region], requestId: expect.any(String) },
    });
  });

  it("signs rightly from the first request on when this machine's clock is an hour off", async () => {
    await world.control("POST", "/clock", { offsetMs: 3_600_000 });
    await world.control("DELETE", "/requests");
    try {
      const person = await world.person("alice");
      // What local-world.ts asks for.
      expect(Math.abs(person.credentials.expiresAt - Date.now() - 3_600_000)).toBeLessThan(60_000);
      expect((await put("clock.txt", "x", {}, person)).status).toBe(200);
      await Promise.all([person.storage.files.list({ prefix: "" }), person.storage.items.list()]);
      const log = (await world.control("GET", "/requests")) as { status: number }[];
      expect(log.filter(({ status }) => status === 403)).toEqual([]);
    } finally {
      await world.control("POST", "/clock", { offsetMs: 0 });
    }
  });

  it("corrects a clock that goes wrong in mid-session, for parallel requests too", async () => {
    const person = await world.person("alice");
    await world.control("POST", "/clock", { offsetMs: 1_200_000 });
    try {
      await Promise.all(Array.from({ length: 6 }, () => person.storage.files.list({ prefix: "" })));
      await Promise.all(Array.from({ length: 6 }, () => person.storage.items.list()));
    } finally {
      await world.control("POST", "/clock", { offsetMs: 0 });
    }
  });

  it("goes on when this machine's clock is set right in mid-session", async () => {
    await world.control("POST", "/clock", { offsetMs: 3_600_000 });
    const person = await world.person("alice");
    try {
      await person.storage.items.list();
      await person.storage.files.list({ prefix: "" });
    } finally {
      await world.control("POST", "/clock", { offsetMs: 0 });
    }
    await person.storage.items.list();
    await person.storage.files.list({ prefix: "" });
  });

  it("learns AWS's time from an answer that somebody else received", async () => {
    const person = await world.person("alice");
    await world.control("POST", "/clock", { offsetMs: 1_200_000 });
    try {
      const refused = await put("clock.txt", "x", {}, person);
      expect(refused.status).toBe(403);
      const headers = Object.fromEntries(refused.headers);
      const answer = { status: 403, headers, bodyText: await refused.text() };
      const error = person.storage.files.explain(answer, { action: "PutObject", path: "clock.txt" });
      expect(error).toMatchObject({ code: "clock-wrong", facts: { subs: ["20"] } });
      expect((await put("clock.txt", "x", {}, person)).status).toBe(200);
    } finally {
      await world.control("POST", "/clock", { offsetMs: 0 });
    }
  });

  it("renews expired credentials for HEAD, whose answers have no body", async () => {
    await put("head.txt", "x");
    const person = await world.person("alice");
    await world.control("POST", "/sessions/expire");
    expect((await person.storage.files.head("head.txt")).size).toBe(1);
    expect(person.renewals()).toBe(1);
    alice = await world.person("alice");
  });

  it("tells HTML from S3", async () => {
    const person = await world.person("alice", {
      endpoints: { ...world.profile.endpoints, s3: `${world.aws.info.issuer}/interaction/none` },
    });
    const error = await person.storage.files.list({ prefix: "" }).catch((reason) => reason);
    expect(error).toMatchObject({ code: "not-aws", facts: { subs: [new URL(world.aws.info.issuer).host] } });
  });
});
