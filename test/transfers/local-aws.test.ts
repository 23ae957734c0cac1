/** Transfers against the local AWS, with its faults: the bytes in S3 are the judge. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createHost } from "../../src/transfer-host/host.ts";
import { createTransfers } from "../../src/transfers/create-transfers.ts";
import type { TransferDeps } from "../../src/transfers/transfers.ts";
import { type LocalWorld, type Person, startLocalWorld } from "../aws/support/local-world.ts";
import { sendByFetch } from "./send-by-fetch.ts";
import { createWorld, memoryJournal, type World } from "./world.ts";

let aws: LocalWorld;
let alice: Person;
let bob: Person;

beforeAll(async () => {
  aws = await startLocalWorld();
  [alice, bob] = await Promise.all([aws.person("alice"), aws.person("bob")]);
});
afterAll(() => aws.close());
beforeEach(() => aws.control("DELETE", "/faults"));

const content = new Uint8Array(1_500_000).map((_, index) => (index * 7) % 253);

/** `toEqual` takes seconds for so many numbers. */
const same = (bytes: Uint8Array) => Buffer.compare(bytes, content) === 0;

function start(world: World, person = alice, change: Partial<TransferDeps> = {}) {
  const journal = memoryJournal(world);
  const owner = { profile: "p", identity: person.identity };
  const saved: { filename: string; bytes: Uint8Array }[] = [];
  const transfers = createTransfers({
    journal,
    host: createHost({ bytes: journal.bytes, fetch, send: sendByFetch, stallTime: 1000 }),
    storage: () => person.storage.files,
    identity: () => person.identity,
    // Any call through the SDK that is refused as expired renews; here it is asked for outright.
    renew: () => person.storage.items.list({}),
    owner: () => owner,
    checkPath: () => undefined,
    checkReach: async () => undefined,
    downloads: {
      start: async (url, filename) => {
        const answer = await fetch(url);
        return saved.push({ filename, bytes: new Uint8Array(await answer.arrayBuffer()) });
      },
      finish: async () => undefined,
    },
    stored: () => undefined,
    changed: (views) => {
      world.views = views;
    },
    now: () => Date.now(),
    random: () => 0.5,
    online: () => true,
    pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
    ...change,
  });
  return { transfers, saved };
}

async function read(path: string, person = alice): Promise<Uint8Array> {
  const { url, headers } = await person.storage.files.signGet({ path });
  const answer = await fetch(url, { headers });
  expect(answer.status).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}

interface Logged {
  n: number;
  operation: string;
  status: number;
}

async function requestsOf(work: () => Promise<unknown>): Promise<string[]> {
  const before = (await aws.control("GET", "/requests")) as Logged[];
  await work();
  const after = (await aws.control("GET", `/requests?since=${before.at(-1)?.n ?? 0}`)) as Logged[];
  return after.map(({ operation }) => operation);
}

async function upload(path: string, change: { world?: World; ifExists?: "fail" | "replace" | "keep-both" } = {}) {
  const world = change.world ?? createWorld();
  const { transfers } = start(world);
  const { id } = await transfers.upload({ file: new Blob([content]), path, ifExists: change.ifExists ?? "fail" });
  return await transfers.settled(id);
}

describe("an upload", () => {
  it("is one request, verified by S3 itself", async () => {
    const operations = await requestsOf(async () => expect(await upload("plain.bin")).toMatchObject({ state: "done" }));
    expect(operations).toEqual(["PutObject"]);
    expect(same(await read("plain.bin"))).toBe(true);
  });

  it.each([
    ["cut before the commit", { kind: "cutBefore", afterBytes: 100_000 }],
    ["cut after the commit", { kind: "cutAfter" }],
    ["an internal error", { kind: "error", status: 500, code: "InternalError" }],
    ["503", { kind: "error", status: 503, code: "ServiceUnavailable" }],
    ["SlowDown", { kind: "throttle" }],
    ["a delay beyond patience", { kind: "delay", ms: 1500 }],
  ])("met by %s ends whole, once", async (name, fault) => {
    const path = `faults/${name}.bin`;
    await aws.control("POST", "/faults", { operation: "PutObject", count: 2, ...fault });
    expect(await upload(path, { ifExists: "keep-both" })).toMatchObject({ state: "done", path });
    expect(same(await read(path))).toBe(true);
    const { files } = await alice.storage.files.list({ prefix: "faults/", flat: true });
    expect(files.filter((file) => file.path.startsWith(`faults/${name}`))).toHaveLength(1);
  });

  it("goes on after its session was ended", async () => {
    await aws.control("POST", "/sessions/expire");
    const renewals = alice.renewals();
    expect(await upload("expired.bin")).toMatchObject({ state: "done" });
    expect(alice.renewals()).toBe(renewals + 1);
    expect(same(await read("expired.bin"))).toBe(true);
  });

  it("never says done of what is not there", async () => {
    await aws.control("POST", "/faults", {
      operation: "PutObject",
      kind: "error",
      status: 503,
      code: "SlowDown",
      count: null,
    });
    expect(await upload("never.bin")).toMatchObject({ state: "failed", error: { code: "throttled" } });
    await aws.control("DELETE", "/faults");
    await expect(alice.storage.files.head("never.bin")).rejects.toMatchObject({ code: "file-missing" });
  });

  it("of a taken name asks, keeps both or replaces", async () => {
    expect(await upload("taken.txt")).toMatchObject({ state: "done" });
    expect(await upload("taken.txt")).toMatchObject({ state: "failed", error: { code: "file-exists" } });
    expect(await upload("taken.txt", { ifExists: "keep-both" })).toMatchObject({
      state: "done",
      path: "taken (2).txt",
    });
    expect(await upload("taken.txt", { ifExists: "replace" })).toMatchObject({ state: "done", path: "taken.txt" });
  });

  it("whose bytes changed on the way is refused by S3, not stored", async () => {
    const journal = memoryJournal(createWorld());
    const honest = createHost({ bytes: journal.bytes, fetch, send: sendByFetch });
    const spoiled = createHost({ bytes: async () => new Blob([content.slice().fill(0)]), fetch, send: sendByFetch });
    const world = createWorld();
    const digest = async () => ({ size: content.length, crc32: "AAAAAQ==" });
    const { transfers } = start(world, alice, { host: { ...honest, put: spoiled.put, digest } });
    const { id } = await transfers.upload({ file: new Blob([content]), path: "spoiled.bin", ifExists: "fail" });
    expect(await transfers.settled(id)).toMatchObject({ state: "failed", error: { code: "checksum-mismatch" } });
    await expect(alice.storage.files.head("spoiled.bin")).rejects.toMatchObject({ code: "file-missing" });
  });

  it("under bob's credentials cannot reach alice's folder, even if the code confused them", async () => {
    const stolen = { ...bob.storage.files, signPut: alice.storage.files.signPut };
    expect(stolen.signPut).not.toBe(bob.storage.files.signPut);
    const { url } = await alice.storage.files.signPut({
      path: "x",
      size: 1,
      contentType: "",
      crc32: null,
      ifNoneMatch: false,
    });
    const signed = await bob.storage.files.signPut({
      path: "x",
      size: 1,
      contentType: "",
      crc32: null,
      ifNoneMatch: false,
    });
    const answer = await fetch(url, { method: "PUT", headers: signed.headers, body: "x" });
    expect(answer.status).toBe(403);
  });
});

describe("a download", () => {
  it.each([
    ["nothing", null],
    ["a cut in the middle", { kind: "cutAfter", afterBytes: 300_000 }],
    ["SlowDown", { kind: "throttle" }],
    ["an internal error", { kind: "error", status: 500, code: "InternalError" }],
  ])("met by %s is saved whole, once", async (_name, fault) => {
    await upload("saved.bin", { ifExists: "replace" });
    if (fault !== null) await aws.control("POST", "/faults", { operation: "GetObject", count: 2, ...fault });
    const { transfers, saved } = start(createWorld());
    const { id } = await transfers.save({ path: "saved.bin" });
    expect(await transfers.settled(id)).toMatchObject({ state: "done" });
    expect(saved.map(({ filename, bytes }) => [filename, same(bytes)])).toEqual([["saved.bin", true]]);
  });

  it("of a version that is gone says so", async () => {
    await upload("changed.bin", { ifExists: "replace" });
    const { transfers, saved } = start(createWorld());
    const { id } = await transfers.save({ path: "changed.bin", etag: '"00000000000000000000000000000000"' });
    expect(await transfers.settled(id)).toMatchObject({ state: "failed", error: { code: "file-changed" } });
    const missing = await transfers.save({ path: "nowhere.bin" });
    expect(await transfers.settled(missing.id)).toMatchObject({ state: "failed", error: { code: "file-missing" } });
    expect(saved).toEqual([]);
  });
});
