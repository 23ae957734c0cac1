/** Downloads and archives with the real host against the local AWS and its faults: the saved bytes are the judge. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noTransfers } from "../../../src/messaging/view.ts";
import { crc32, crc32Base64 } from "../../../src/shared/crc32.ts";
import { createHeartbeat } from "../../../src/transfer-host/heartbeat.ts";
import { createHost } from "../../../src/transfer-host/host.ts";
import { createTransfers } from "../../../src/transfers/create-transfers.ts";
import type { HostLink } from "../../../src/transfers/host/host-link.ts";
import { transferRuns } from "../../../src/transfers/transfer-runs.ts";
import type { TransferDeps } from "../../../src/transfers/transfers.ts";
import { type LocalWorld, type Person, startLocalWorld } from "../../aws/support/local-world.ts";
import { randomBytes } from "../support/fetch-world.ts";
import { createDisk, memoryJournal } from "../support/memory-journal.ts";
import { readZip } from "./zip/read-zip.ts";

const MiB = 1024 ** 2;
const content = randomBytes(20 * MiB + 5);

let aws: LocalWorld;
let alice: Person;

beforeAll(async () => {
  aws = await startLocalWorld();
  alice = await aws.person("alice");
  await put("big.bin", content);
}, 30_000);
afterAll(() => aws.close());
beforeEach(() => aws.control("DELETE", "/faults"));

async function put(path: string, bytes: Uint8Array<ArrayBuffer>, extra: Record<string, string> = {}): Promise<string> {
  const about = { contentType: "", crc32: crc32Base64(crc32(bytes)), ifNoneMatch: false };
  const { url, headers } = await alice.storage.files.signPut({ path, size: bytes.length, ...about });
  const answer = await fetch(url, { method: "PUT", headers: { ...headers, ...extra }, body: bytes });
  expect(answer.status).toBe(200);
  return answer.headers.get("etag") ?? "";
}

function createWorld() {
  return { disk: createDisk(), saved: [] as { filename: string; bytes: Uint8Array }[] };
}

/** A background over what an earlier one left. */
function start(world: ReturnType<typeof createWorld>, change: (host: HostLink) => Partial<HostLink> = () => ({})) {
  const journal = memoryJournal(world.disk);
  const host = createHost({ journal, fetch, heartbeat: createHeartbeat(), rereadSources: false, stallTime: 1000 });
  const owner = { profile: "p", identity: alice.identity };
  const deps: TransferDeps = {
    journal,
    host: { ...host, ...change(host) },
    storage: () => alice.storage.files,
    identity: () => alice.identity,
    renew: () => alice.storage.items.list({}),
    owner: () => owner,
    checkPath: () => undefined,
    checkReach: async () => undefined,
    sendOnce: () => false,
    room: async () => Number.POSITIVE_INFINITY,
    downloads: {
      start: async (url, filename) => {
        const answer = await fetch(url);
        return world.saved.push({ filename, bytes: new Uint8Array(await answer.arrayBuffer()) });
      },
      find: async () => null,
      finish: async () => undefined,
    },
    stored: () => undefined,
    changed: () => noTransfers,
    now: () => Date.now(),
    random: () => 0.5,
    online: () => true,
    pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
  };
  return createTransfers(deps, transferRuns);
}

/** `OPERATION status` of what `work` sent. */
async function requestsOf(work: () => Promise<unknown>): Promise<string[]> {
  await aws.control("DELETE", "/requests");
  await work();
  const log = (await aws.control("GET", "/requests")) as { operation: string; status: number }[];
  return log.map(({ operation, status }) => `${operation} ${status}`);
}

function expectSaved(world: ReturnType<typeof createWorld>, filename: string, bytes: Uint8Array): void {
  expect(world.saved.map((one) => one.filename)).toEqual([filename]);
  expect(Buffer.compare(world.saved[0]?.bytes ?? new Uint8Array(), bytes)).toBe(0);
}

describe("a download of 20 MiB", () => {
  it("is one HEAD and three ranges", async () => {
    const world = createWorld();
    const transfers = start(world);
    const requests = await requestsOf(async () => {
      const { id } = await transfers.save({ path: "big.bin" });
      expect(await transfers.settled(id)).toMatchObject({ error: null, state: "done" });
    });
    expect(requests).toEqual(["HeadObject 200", "GetObject 206", "GetObject 206", "GetObject 206"]);
    expectSaved(world, "big.bin", content);
    expect(world.disk.segments.size).toBe(0);
  });

  it.each([
    ["cuts in the middle", { kind: "cutAfter", afterBytes: 3_000_000 }],
    ["SlowDown", { kind: "throttle" }],
    ["internal errors", { kind: "error", status: 500, code: "InternalError" }],
    ["delays beyond patience", { kind: "delay", ms: 1500 }],
  ])("met by %s is saved whole, once", async (_name, fault) => {
    await aws.control("POST", "/faults", { operation: "GetObject", count: 3, ...fault });
    const world = createWorld();
    const transfers = start(world);
    const { id } = await transfers.save({ path: "big.bin" });
    expect(await transfers.settled(id)).toMatchObject({ error: null, state: "done" });
    expectSaved(world, "big.bin", content);
  });

  it("goes on after its session was ended, and after the death of the background fetches only what is missing", async () => {
    const world = createWorld();
    const first = start(world, ({ fetch: real }) => ({
      fetch: (input, watch) => (input.index === 1 ? new Promise(() => {}) : real(input, watch)),
    }));
    const { id } = await first.save({ path: "big.bin" });
    const partsThere = () => world.disk.parts.get(id)?.size === 2;
    await expect.poll(partsThere, { timeout: 10_000 }).toBe(true);
    await aws.control("POST", "/sessions/expire");
    const second = start(world);
    const requests = await requestsOf(async () => {
      await second.resume();
      expect(await second.settled(id)).toMatchObject({ error: null, state: "done" });
    });
    expect(requests.filter((request) => request === "GetObject 206")).toHaveLength(1);
    expectSaved(world, "big.bin", content);
  });

  it("of a version that is gone, or of nothing, says so", async () => {
    const world = createWorld();
    const transfers = start(world);
    const changed = await transfers.save({ path: "big.bin", etag: '"00000000000000000000000000000000"' });
    expect(await transfers.settled(changed.id)).toMatchObject({ state: "failed", error: { code: "file-changed" } });
    const missing = await transfers.save({ path: "nowhere.bin" });
    expect(await transfers.settled(missing.id)).toMatchObject({ state: "failed", error: { code: "file-missing" } });
    expect(world.saved).toEqual([]);
    // Whoever tries again takes what is there now.
    await transfers.retry([changed.id]);
    expect(await transfers.settled(changed.id)).toMatchObject({ error: null, state: "done" });
    expectSaved(world, "big.bin", content);
  });
});

it("an object that the browser decodes is saved decoded, whatever its size", async () => {
  const world = createWorld();
  const plain = content.slice(0, 9 * MiB);
  await put("page.html", new Uint8Array(gzipSync(plain, { level: 1 })), { "content-encoding": "gzip" });
  const transfers = start(world);
  const requests = await requestsOf(async () => {
    const { id } = await transfers.save({ path: "page.html" });
    expect(await transfers.settled(id)).toMatchObject({ error: null, state: "done" });
  });
  expect(requests).toEqual(["HeadObject 200", "GetObject 200"]);
  expectSaved(world, "page.html", plain);
});

it("an archive under faults is saved once, with every object as it is", async () => {
  const sizes = [0, 1, 1000, 2 * MiB, 8 * MiB, 8 * MiB + 1, ...Array.from({ length: 40 }, (_, n) => n * 997)];
  const entries = await Promise.all(
    sizes.map(async (size, index) => {
      const path = `zipped/${index}.bin`;
      const etag = await put(path, content.slice(index, index + size));
      return { path, name: `${index}.bin`, size, etag, modifiedAt: Date.now() };
    }),
  );
  const world = createWorld();
  const transfers = start(world);
  for (const kind of ["throttle", "cutBefore"]) {
    await aws.control("POST", "/faults", { operation: "GetObject", count: 4, kind, afterBytes: 100 });
  }
  const { id } = await transfers.saveArchive({ path: "zipped/", name: "zipped.zip", entries });
  expect(await transfers.settled(id)).toMatchObject({ error: null, state: "done" });
  expect(world.saved.map(({ filename }) => filename)).toEqual(["zipped.zip"]);
  const zip = world.saved[0]?.bytes ?? new Uint8Array();
  const members = readZip({ size: zip.length, read: (from, length) => zip.subarray(from, from + length) });
  expect(members.map(({ name }) => name)).toEqual(entries.map(({ name }) => name));
  for (const [index, { start: from, size }] of members.entries()) {
    expect(Buffer.compare(zip.subarray(from, from + size), content.slice(index, index + (sizes[index] ?? 0)))).toBe(0);
  }
});
