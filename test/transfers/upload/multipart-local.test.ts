/** Uploads in parts with the real host against the local AWS: its faults, and what others do to an upload meanwhile. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createHeartbeat } from "../../../src/transfer-host/heartbeat.ts";
import { createHost } from "../../../src/transfer-host/host.ts";
import { createTransfers } from "../../../src/transfers/create-transfers.ts";
import { HostFailure, type HostLink } from "../../../src/transfers/host/host-link.ts";
import { transferRuns } from "../../../src/transfers/transfer-runs.ts";
import type { TransferDeps } from "../../../src/transfers/transfers.ts";
import { type LocalWorld, type Person, startLocalWorld } from "../../aws/support/local-world.ts";
import { createDisk, memoryJournal } from "../support/memory-journal.ts";
import { sendByFetch } from "../support/send-by-fetch.ts";

// Other tests want the processor too.
vi.setConfig({ testTimeout: 60_000 });

let aws: LocalWorld;
let alice: Person;

beforeAll(async () => {
  aws = await startLocalWorld();
  alice = await aws.person("alice");
}, 60_000);
afterAll(() => aws.close());
beforeEach(() => aws.control("DELETE", "/faults"));

/** Three parts, the last of 5 bytes. */
const size = 16 * 1024 ** 2 + 5;
const contentOf = (seed: number) => new Uint8Array(size).map((_, index) => (index * 31 + (index >>> 9) + seed) & 255);
const bytes = contentOf(0);

interface Life {
  disk?: ReturnType<typeof createDisk>;
  person?: Person;
  deps?: Partial<TransferDeps>;
  put?: (honest: HostLink["put"]) => HostLink["put"];
  stallTime?: number;
}

function start({ disk = createDisk(), person = alice, deps, put, stallTime = 20_000 }: Life = {}) {
  const journal = memoryJournal(disk);
  const heartbeat = createHeartbeat();
  const honest = createHost({ journal, fetch, heartbeat, rereadSources: false, sendByXhr: sendByFetch, stallTime });
  const host = { ...honest, put: put?.(honest.put) ?? honest.put };
  const unused = () => Promise.reject(new Error("not part of this test"));
  const transferDeps: TransferDeps = {
    ...{ journal, host },
    storage: () => person.storage.files,
    identity: () => person.identity,
    renew: () => person.storage.items.list({}),
    owner: () => ({ profile: "p", identity: person.identity }),
    checkPath: () => undefined,
    checkReach: async () => undefined,
    sendOnce: () => false,
    room: async () => Number.POSITIVE_INFINITY,
    downloads: { start: unused, find: async () => null, finish: unused },
    stored: () => undefined,
    changed: () => undefined,
    now: () => Date.now(),
    random: () => 0.5,
    online: () => true,
    pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
    ...deps,
  };
  const transfers = createTransfers(transferDeps, transferRuns);
  const upload = async (path: string, file = bytes, ifExists: "fail" | "replace" | "keep-both" = "fail") => {
    const { ids } = await transfers.uploadAll([{ file: new Blob([file]), path, ifExists }]);
    return (await transfers.settled(ids[0] ?? "")) ?? { state: "unknown" };
  };
  return { transfers, disk, upload };
}

async function requestsOf(work: () => Promise<unknown>): Promise<string[]> {
  await aws.control("DELETE", "/requests");
  await work();
  return ((await aws.control("GET", "/requests")) as { operation: string }[]).map(({ operation }) => operation);
}

const count = (operations: string[], wanted: string) => operations.filter((operation) => operation === wanted).length;

async function expectThere(path: string, expected = bytes): Promise<void> {
  const { url, headers } = await alice.storage.files.signGet({ path });
  const answer = await fetch(url, { headers });
  expect(answer.status).toBe(200);
  expect(Buffer.compare(Buffer.from(await answer.arrayBuffer()), expected)).toBe(0);
}

/** All but those whose id nobody was told. */
const openUploads = async () => (await aws.control("GET", "/uploads")) as { key: string }[];

describe("an upload in parts", () => {
  it.each<[string, object]>([
    ["UploadPart", { kind: "cutBefore", afterBytes: 1_000_000 }],
    ["UploadPart", { kind: "cutAfter" }],
    ["UploadPart", { kind: "error", status: 500, code: "InternalError" }],
    ["UploadPart", { kind: "throttle" }],
    ["UploadPart", { kind: "delay", ms: 3000 }],
    ["ListParts", { kind: "error", status: 503, code: "ServiceUnavailable" }],
    ["HeadObject", { kind: "cutBefore" }],
    ["CompleteMultipartUpload", { kind: "cutBefore" }],
    ["CompleteMultipartUpload", { kind: "cutAfter" }],
    ["CompleteMultipartUpload", { kind: "error", status: 200, code: "InternalError" }],
    ["CompleteMultipartUpload", { kind: "error", status: 500, code: "InternalError" }],
  ])("whose %s meets %j ends whole, once", async (operation, fault) => {
    const path = `faults/${operation}-${Object.values(fault).join("-")}.bin`;
    await aws.control("POST", "/faults", { operation, count: 2, ...fault });
    const { upload, disk } = start({ stallTime: 2500 });
    expect(await upload(path, bytes, "keep-both")).toMatchObject({ state: "done", path });
    await expectThere(path);
    expect(disk.uploads.size).toBe(0);
    expect(await openUploads()).toEqual([]);
  });

  it("goes on with the same id when the session ends between two parts", async () => {
    let puts = 0;
    const put: Life["put"] = (honest) => async (input, watch) => {
      if (++puts === 2) await aws.control("POST", "/sessions/expire");
      return await honest(input, watch);
    };
    const renewals = alice.renewals();
    const operations = await requestsOf(async () =>
      expect(await start({ put }).upload("expired.bin")).toMatchObject({ state: "done" }),
    );
    await expectThere("expired.bin");
    expect(count(operations, "CreateMultipartUpload")).toBe(1);
    expect(alice.renewals()).toBe(renewals + 1);
  });

  it("sends only what was under way again when the background ended", async () => {
    const disk = createDisk();
    let puts = 0;
    const never = new Promise<never>(() => undefined);
    const put: Life["put"] = (honest) => (input, watch) => (++puts > 2 ? never : honest(input, watch));
    const first = start({ disk, put });
    const { ids } = await first.transfers.uploadAll([{ file: new Blob([bytes]), path: "ended.bin", ifExists: "fail" }]);
    const id = ids[0] ?? "";
    const parts = async () => {
      const [upload] = disk.uploads.values();
      return upload === undefined ? 0 : (await alice.storage.files.listParts(upload)).length;
    };
    await expect.poll(parts, { timeout: 20_000 }).toBe(2);
    const second = start({ disk });
    const operations = await requestsOf(async () => {
      await second.transfers.resume();
      expect(await second.transfers.settled(id)).toMatchObject({ state: "done" });
    });
    await expectThere("ended.bin");
    expect(operations).toEqual(["ListParts", "UploadPart", "CompleteMultipartUpload"]);
  });

  it("begins anew when somebody ended it", async () => {
    let puts = 0;
    const disk = createDisk();
    const put: Life["put"] = (honest) => async (input, watch) => {
      const [upload] = disk.uploads.values();
      if (++puts === 3 && upload !== undefined) {
        const { url, method, headers } = await alice.storage.files.signAbortUpload(upload);
        expect((await fetch(url, { method, headers })).status).toBe(204);
      }
      return await honest(input, watch);
    };
    expect(await start({ disk, put }).upload("begun-anew.bin")).toMatchObject({ state: "done" });
    await expectThere("begun-anew.bin");
    expect([disk.uploads.size, await openUploads()]).toEqual([0, []]);
  });

  it("that somebody overtook keeps both, and leaves nothing open", async () => {
    let puts = 0;
    const put: Life["put"] = (honest) => async (input, watch) => {
      if (++puts === 3) expect(await start().upload("overtaken.bin", contentOf(1))).toMatchObject({ state: "done" });
      return await honest(input, watch);
    };
    const outcome = await start({ put }).upload("overtaken.bin", bytes, "keep-both");
    expect(outcome).toMatchObject({ state: "done", path: "overtaken (2).bin" });
    await expectThere("overtaken (2).bin");
    await expectThere("overtaken.bin", contentOf(1));
    expect(await openUploads()).toEqual([]);
  });

  it("works with a store that knows no checksums", async () => {
    const { bucket } = aws.profile;
    const person = await aws.person("alice", { bucket: { ...bucket, checksum: "none" } });
    const operations = await requestsOf(async () =>
      expect(await start({ person }).upload("none.bin")).toMatchObject({ state: "done" }),
    );
    await expectThere("none.bin");
    expect(operations.slice(-3)).toEqual(["ListParts", "CompleteMultipartUpload", "HeadObject"]);
  });

  it("fails when its source cannot be read, and leaves nothing open", async () => {
    let puts = 0;
    const put: Life["put"] = (honest) => (input, watch) =>
      ++puts === 3 ? Promise.reject(new HostFailure("source")) : honest(input, watch);
    const outcome = await start({ put }).upload("unreadable.bin");
    expect(outcome).toMatchObject({ state: "failed", error: { code: "file-unreadable" } });
    expect(await openUploads()).toEqual([]);
  });

  it("that was cancelled while offline is aborted by cleaning up", async () => {
    const disk = createDisk();
    const never = new Promise<never>(() => undefined);
    let online = false;
    const { transfers } = start({
      disk,
      put: () => () => never,
      deps: { identity: () => (online ? alice.identity : null) },
    });
    online = true;
    await transfers.uploadAll([{ file: new Blob([bytes]), path: "offline.bin", ifExists: "fail" }]);
    await expect.poll(() => disk.uploads.size, { timeout: 20_000 }).toBe(1);
    online = false;
    await transfers.cancel("all");
    expect(await openUploads()).toHaveLength(1);
    online = true;
    expect(await transfers.cleanUp()).toEqual({ aborted: 1, left: 0 });
    expect(await openUploads()).toEqual([]);
  });
});

describe("equal bytes", () => {
  it("are copied within the folder, not sent", async () => {
    const { upload } = start({ deps: { sendOnce: () => true } });
    expect(await upload("once/first.bin")).toMatchObject({ state: "done" });
    const operations = await requestsOf(async () =>
      expect(await upload("once/ü second+.bin")).toMatchObject({ state: "done" }),
    );
    expect(operations).toEqual(["HeadObject", "HeadObject", "CopyObject", "HeadObject"]);
    await expectThere("once/ü second+.bin");
    const again = await requestsOf(async () => expect(await upload("once/first.bin")).toMatchObject({ state: "done" }));
    expect(again).toEqual(["HeadObject"]);
  });

  it.each<[object]>([[{ kind: "cutAfter" }], [{ kind: "error", status: 200, code: "InternalError" }]])(
    "are there once though the copy meets %j",
    async (fault) => {
      const { upload } = start({ deps: { sendOnce: () => true } });
      const name = Object.values(fault).join("-");
      expect(await upload(`once/${name}/1`, contentOf(2), "replace")).toMatchObject({ state: "done" });
      await aws.control("POST", "/faults", { operation: "CopyObject", count: 1, ...fault });
      expect(await upload(`once/${name}/2`, contentOf(2))).toMatchObject({ state: "done" });
      await expectThere(`once/${name}/2`, contentOf(2));
    },
  );
});
