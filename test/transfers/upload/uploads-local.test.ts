/** Uploads with the real host against the local AWS and its faults: the bytes in S3 are the judge. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { noTransfers, type TransfersView } from "../../../src/messaging/view.ts";
import { createHeartbeat } from "../../../src/transfer-host/heartbeat.ts";
import { createHost } from "../../../src/transfer-host/host.ts";
import { createTransfers } from "../../../src/transfers/create-transfers.ts";
import { transferRuns } from "../../../src/transfers/transfer-runs.ts";
import type { TransferDeps } from "../../../src/transfers/transfers.ts";
import { type LocalWorld, type Person, startLocalWorld } from "../../aws/support/local-world.ts";
import { createDisk, memoryJournal } from "../support/memory-journal.ts";
import { sendByFetch } from "../support/send-by-fetch.ts";

const MiB = 1024 ** 2;

let aws: LocalWorld;
let alice: Person;
let bob: Person;

// Other tests want the processor too.
vi.setConfig({ testTimeout: 30_000 });

beforeAll(async () => {
  aws = await startLocalWorld();
  [alice, bob] = await Promise.all([aws.person("alice"), aws.person("bob")]);
}, 30_000);
afterAll(() => aws.close());
beforeEach(() => aws.control("DELETE", "/faults"));

const contentOf = (size: number) => new Uint8Array(size).map((_, index) => (index * 31 + (index >>> 9)) & 255);
const small = contentOf(1_500_000);
const large = contentOf(16 * MiB + 5);

/** `toEqual` takes seconds for so many numbers. */
const same = (bytes: Uint8Array, expected: Uint8Array) => Buffer.compare(bytes, expected) === 0;

/** @param stallTime milliseconds without a byte after which a request is given up */
function start(change: Partial<TransferDeps> = {}, stallTime = 20_000) {
  const disk = createDisk();
  const journal = memoryJournal(disk);
  const heartbeat = createHeartbeat();
  const host = createHost({ journal, fetch, heartbeat, rereadSources: false, sendByXhr: sendByFetch, stallTime });
  const owner = { profile: "p", identity: alice.identity };
  const unused = () => Promise.reject(new Error("not part of this test"));
  const shown = { view: noTransfers as TransfersView };
  const transferDeps: TransferDeps = {
    ...{ journal, host },
    storage: () => alice.storage.files,
    identity: () => alice.identity,
    // Any call through the SDK that is refused as expired renews; here it is asked for outright.
    renew: () => alice.storage.items.list({}),
    owner: () => owner,
    checkPath: () => undefined,
    checkReach: async () => undefined,
    sendOnce: () => false,
    room: async () => Number.POSITIVE_INFINITY,
    downloads: { start: unused, find: async () => null, finish: unused },
    stored: () => undefined,
    changed: (view) => {
      shown.view = view;
    },
    now: () => Date.now(),
    random: () => 0.5,
    online: () => true,
    pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
    ...change,
  };
  const transfers = createTransfers(transferDeps, transferRuns);
  return { transfers, host, journal, disk, shown };
}

async function read(path: string): Promise<Uint8Array> {
  const { url, headers } = await alice.storage.files.signGet({ path });
  const answer = await fetch(url, { headers });
  expect(answer.status).toBe(200);
  return new Uint8Array(await answer.arrayBuffer());
}

async function requestsOf(work: () => Promise<unknown>): Promise<string[]> {
  await aws.control("DELETE", "/requests");
  await work();
  return ((await aws.control("GET", "/requests")) as { operation: string }[]).map(({ operation }) => operation);
}

type How = { stallTime?: number; bytes?: Uint8Array<ArrayBuffer>; ifExists?: "fail" | "replace" | "keep-both" };

async function upload(path: string, { bytes = small, ifExists = "fail", stallTime }: How = {}) {
  const { transfers } = start({}, stallTime);
  const { ids } = await transfers.uploadAll([{ file: new Blob([bytes]), path, ifExists }]);
  return await transfers.settled(ids[0] ?? "");
}

describe("an upload", () => {
  it.each([0, 1, small.length])("of %i bytes is one request, verified by S3 itself", async (size) => {
    const path = `plain-${size}.bin`;
    const bytes = small.slice(0, size);
    const operations = await requestsOf(async () =>
      expect(await upload(path, { bytes })).toMatchObject({ state: "done" }),
    );
    // What the test before has read may be logged only now: a request is, once it ended.
    expect(operations.filter((operation) => operation !== "GetObject")).toEqual(["PutObject"]);
    expect(same(await read(path), bytes)).toBe(true);
  });

  it("of three parts asks once whether the name is free, and leaves nothing in the journal", async () => {
    const { transfers, disk } = start();
    const operations = await requestsOf(async () => {
      const file = new Blob([large]);
      const { ids } = await transfers.uploadAll([{ file, path: "large.bin", ifExists: "fail" }]);
      expect(await transfers.settled(ids[0] ?? "")).toMatchObject({ state: "done" });
    });
    expect(operations[0]).toBe("HeadObject");
    expect(operations.slice(1).sort()).toEqual([
      ...["CompleteMultipartUpload", "CreateMultipartUpload", "UploadPart", "UploadPart", "UploadPart"],
    ]);
    expect(same(await read("large.bin"), large)).toBe(true);
    expect([disk.uploads.size, disk.segments.size, disk.parts.size]).toEqual([0, 0, 0]);
  });

  it.each([
    ["cut before the commit", { kind: "cutBefore", afterBytes: 100_000 }],
    ["cut after the commit", { kind: "cutAfter" }],
    ["an internal error", { kind: "error", status: 500, code: "InternalError" }],
    ["SlowDown", { kind: "throttle" }],
    ["a delay beyond patience", { kind: "delay", ms: 1500 }],
  ])("met by %s ends whole, once", async (name, fault) => {
    const path = `faults/${name}.bin`;
    await aws.control("POST", "/faults", { operation: "PutObject", count: 2, ...fault });
    expect(await upload(path, { ifExists: "keep-both", stallTime: 1000 })).toMatchObject({ state: "done", path });
    expect(same(await read(path), small)).toBe(true);
    const { files } = await alice.storage.files.list({ prefix: "faults/", flat: true });
    expect(files.filter((file) => file.path.startsWith(`faults/${name}`))).toHaveLength(1);
  });

  it("goes on after its session was ended, also between two parts", async () => {
    await aws.control("POST", "/sessions/expire");
    const renewals = alice.renewals();
    expect(await upload("expired.bin", { bytes: large })).toMatchObject({ state: "done" });
    expect(alice.renewals()).toBe(renewals + 1);
    expect(same(await read("expired.bin"), large)).toBe(true);
  });

  it("never says done of what is not there, and waits until S3 is well again", async () => {
    const fault = { operation: "PutObject", kind: "error", status: 503, code: "SlowDown", count: null };
    await aws.control("POST", "/faults", fault);
    const { transfers, shown } = start();
    const { ids } = await transfers.uploadAll([{ file: new Blob([small]), path: "never.bin", ifExists: "fail" }]);
    const waits = { state: "waiting", waitsFor: "network", error: { code: "throttled" } };
    // Longer than the pauses between quick tries.
    await expect.poll(() => shown.view.rows[0], { timeout: 10_000 }).toMatchObject(waits);
    await expect(alice.storage.files.head("never.bin")).rejects.toMatchObject({ code: "file-missing" });
    await aws.control("DELETE", "/faults");
    await transfers.resume();
    expect(await transfers.settled(ids[0] ?? "")).toMatchObject({ state: "done" });
    expect(same(await read("never.bin"), small)).toBe(true);
  });

  it("of a taken name asks, keeps both or replaces, in one PUT and in parts", async () => {
    for (const [name, bytes] of [
      ["taken", small],
      ["taken-large", large],
    ] as const) {
      const path = `${name}.txt`;
      expect(await upload(path, { bytes })).toMatchObject({ state: "done" });
      expect(await upload(path, { bytes })).toMatchObject({ state: "failed", error: { code: "file-exists" } });
      const second = await upload(path, { bytes, ifExists: "keep-both" });
      expect(second).toMatchObject({ state: "done", path: `${name} (2).txt` });
      expect(await upload(path, { bytes, ifExists: "replace" })).toMatchObject({ state: "done", path });
    }
  });

  it("paused in the middle goes on with the same parts; cancelled, it leaves nothing in S3", async () => {
    await aws.control("POST", "/faults", { operation: "CompleteMultipartUpload", kind: "delay", ms: 300, count: null });
    const { transfers, journal } = start();
    const { ids } = await transfers.uploadAll([{ file: new Blob([large]), path: "paused.bin", ifExists: "fail" }]);
    await expect.poll(async () => (await journal.uploads()).length, { timeout: 5000 }).toBe(1);
    await transfers.pause("all");
    await transfers.unpause("all");
    expect(await transfers.settled(ids[0] ?? "")).toMatchObject({ state: "done" });
    expect(same(await read("paused.bin"), large)).toBe(true);
    const next = await transfers.uploadAll([{ file: new Blob([large]), path: "cancelled.bin", ifExists: "fail" }]);
    await expect.poll(async () => (await journal.uploads()).length, { timeout: 5000 }).toBe(1);
    await transfers.cancel(next.ids);
    await expect.poll(() => journal.uploads(), { timeout: 5000 }).toEqual([]);
    await expect(alice.storage.files.head("cancelled.bin")).rejects.toMatchObject({ code: "file-missing" });
  });

  it("whose bytes changed on the way is refused by S3, not stored", async () => {
    const honest = start();
    const put: typeof honest.host.put = (input, watch) => {
      const headers = { ...input.request.headers, "x-amz-checksum-crc32": "AAAAAQ==" };
      return honest.host.put({ ...input, request: { ...input.request, headers } }, watch);
    };
    const { transfers } = start({ host: { ...honest.host, put } });
    const { ids } = await transfers.uploadAll([{ file: new Blob([small]), path: "spoiled.bin", ifExists: "fail" }]);
    expect(await transfers.settled(ids[0] ?? "")).toMatchObject({ state: "failed" });
    await expect(alice.storage.files.head("spoiled.bin")).rejects.toMatchObject({ code: "file-missing" });
  });

  it("under bob's credentials cannot reach alice's folder, even if the code confused them", async () => {
    const one = { path: "x", size: 1, contentType: "", crc32: null, ifNoneMatch: false };
    const { url } = await alice.storage.files.signPut(one);
    const signed = await bob.storage.files.signPut(one);
    const answer = await fetch(url, { method: "PUT", headers: signed.headers, body: "x" });
    expect(answer.status).toBe(403);
  });
});

describe("a hundred files", () => {
  it("are all done, each once, and the view says so", async () => {
    const { transfers, shown } = start();
    const count = 100;
    const files = Array.from({ length: count }, (_, index) => {
      return { file: new Blob([`file ${index}`]), path: `many/${index}.txt`, ifExists: "fail" as const };
    });
    const operations = await requestsOf(async () => {
      const { ids } = await transfers.uploadAll(files);
      await Promise.all(ids.map((id) => transfers.settled(id)));
    });
    // Parts that were given up with the cancelled upload end in their own time.
    const these = operations.filter((operation) => operation !== "UploadPart");
    expect(these).toEqual(Array.from({ length: count }, () => "PutObject"));
    await transfers.publish();
    expect(shown.view.totals).toMatchObject({ done: count, active: 0, failed: 0, leftovers: 0 });
    expect(new TextDecoder().decode(await read("many/99.txt"))).toBe("file 99");
  });
});
