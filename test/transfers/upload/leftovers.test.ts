/** Multipart uploads that nobody needs are aborted, and no others. */
import { describe, expect, it, vi } from "vitest";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { HostFailure } from "../../../src/transfers/host/host-link.ts";
import { createLedger } from "../../../src/transfers/journal/ledger.ts";
import type { TransferRecord } from "../../../src/transfers/record.ts";
import type { TransferDeps } from "../../../src/transfers/transfers.ts";
import { abortUpload } from "../../../src/transfers/upload/abort-upload.ts";
import { createLeftovers } from "../../../src/transfers/upload/leftovers.ts";
import { recordOf } from "../support/record-of.ts";
import {
  alice,
  begin,
  content,
  copied,
  createUploadWorld,
  quiet,
  recordIn,
  settle,
  uploadDeps,
  wanted,
} from "../support/upload-world.ts";

function createWorld(ids: string[]) {
  const world = createUploadWorld();
  for (const id of ids) {
    world.s3.uploads.set(id, { key: `alice/${id}`, metadata: {}, parts: new Map() });
    const rest = { size: 50, partSize: 10, created: 1 };
    world.disk.uploads.set(id, { uploadId: id, transferId: id, owner: alice, path: id, ...rest });
  }
  return world;
}

function start(world: ReturnType<typeof createUploadWorld>, change: Partial<TransferDeps> = {}) {
  const deps = { ...uploadDeps(world), ...change };
  return createLeftovers(deps, createLedger(deps.journal, deps.now), abortUpload);
}

const failed = (code: "file-exists" | "file-unreadable" | "unreachable") =>
  ({ state: "failed", error: { code, facts: {} } }) as const;

describe("a sweep", () => {
  it("aborts what is missing, cancelled, done, or failed for good", async () => {
    const world = createWorld(["gone", "cancelled", "done", "taken", "changed", "network", "paused", "going"]);
    const states: Record<string, Partial<TransferRecord>> = {
      ...{ cancelled: { state: "cancelled" }, done: { state: "done" }, taken: failed("file-exists") },
      ...{ changed: failed("file-unreadable"), network: failed("unreachable") },
      ...{ paused: { state: "paused" }, going: { state: "uploading" } },
    };
    for (const [id, change] of Object.entries(states)) {
      world.disk.records.set(id, recordOf(id, { owner: alice, partSize: 10, ...change }));
    }
    const leftovers = start(world);
    expect(await leftovers.sweep()).toEqual({ aborted: 5, left: 0 });
    expect([...world.s3.uploads.keys()]).toEqual(["network", "paused", "going"]);
    expect([...world.disk.uploads.keys()]).toEqual(["network", "paused", "going"]);
    expect(leftovers.count(alice)).toBe(0);
  });

  it("leaves those of others alone until they are signed in", async () => {
    const world = createWorld(["1", "2"]);
    world.signedIn = "bob";
    const leftovers = start(world);
    expect(await leftovers.sweep()).toEqual({ aborted: 0, left: 2 });
    expect(leftovers.count(alice)).toBe(2);
    expect(leftovers.count({ ...alice, identity: "bob" })).toBe(0);
    expect(world.s3.requests).toEqual([]);
    world.signedIn = "alice";
    expect(await leftovers.sweep({ profile: "other", identity: "alice" })).toEqual({ aborted: 0, left: 0 });
    expect(await leftovers.sweep(alice)).toEqual({ aborted: 2, left: 0 });
  });

  it("sends nothing under a session that changed after the signature", async () => {
    const world = createWorld(["1"]);
    let asked = 0;
    const leftovers = start(world, { identity: async () => (++asked > 2 ? "bob" : "alice") });
    expect(await leftovers.sweep()).toEqual({ aborted: 0, left: 1 });
    expect(world.s3.requests).toEqual([]);
  });

  it("aborts again while S3 lists the upload: a part came after the abort", async () => {
    const world = createWorld(["1"]);
    const { host } = uploadDeps(world);
    let late = 2;
    const send: typeof host.send = async (request, watch) => {
      const answer = await host.send(request, watch);
      if (late-- > 0) world.s3.uploads.set("1", { key: "alice/1", metadata: {}, parts: new Map() });
      return answer;
    };
    expect(await start(world, { host: { ...host, send } }).sweep()).toEqual({ aborted: 1, left: 0 });
    expect(world.s3.uploads.size).toBe(0);
    expect(world.s3.requests.filter((request) => request.startsWith("ABORT"))).toHaveLength(3);
  });

  it("does not forget what it could not abort, and goes on with the others", async () => {
    const world = createWorld(["1", "2"]);
    world.s3.faults = ["cut-before"];
    const leftovers = start(world);
    expect(await leftovers.sweep()).toEqual({ aborted: 1, left: 1 });
    expect(world.disk.uploads.size).toBe(1);
    expect(await leftovers.sweep()).toEqual({ aborted: 1, left: 0 });
  });

  it("takes S3's word for what is gone, and for what may not be listed", async () => {
    const world = createWorld(["1", "2"]);
    world.s3.uploads.delete("1");
    world.s3.lookFaults = ["access-denied"];
    expect(await start(world).sweep()).toEqual({ aborted: 2, left: 0 });
    expect(world.disk.uploads.size).toBe(0);
  });

  it("says when the journal cannot be read", async () => {
    const world = createWorld([]);
    const { journal } = uploadDeps(world);
    const uploads = () => Promise.reject(new HoldallError("journal-damaged"));
    const leftovers = start(world, { journal: { ...journal, uploads } });
    await expect(leftovers.sweep()).rejects.toMatchObject({ code: "journal-damaged" });
  });
});

describe("cancelling", () => {
  it("leaves no upload behind, whenever it comes", async () => {
    for (let puts = 0; puts < 8; puts++) {
      const world = createUploadWorld();
      copied(world, "a", content(50));
      const { host } = uploadDeps(world);
      let left = puts;
      const cancelled = async () => {
        if (left-- === 0) void transfers.cancel(["a"]);
        await quiet(2);
      };
      const open: typeof host.open = (...input) => cancelled().then(() => host.open(...input));
      const put: typeof host.put = (...input) => cancelled().then(() => host.put(...input));
      const transfers = begin(world, { host: { ...host, open, put } });
      await settle(world);
      await quiet(100);
      if (puts < 6) expect(recordIn(world, "a").state).toBe("cancelled");
      expect([puts, world.s3.uploads.size, world.disk.uploads.size]).toEqual([puts, 0, 0]);
    }
  });

  it("without network is made good at the next start", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(50));
    const { host } = uploadDeps(world);
    const broken = { ...host, send: () => Promise.reject(new HostFailure("network")) };
    const transfers = begin(world, { host: { ...broken, put: () => new Promise(() => undefined) } });
    await quiet(100);
    expect(world.s3.uploads.size).toBe(1);
    await transfers.cancel(["a"]);
    await settle(world);
    expect([world.s3.uploads.size, world.disk.uploads.size]).toEqual([1, 1]);
    begin(world);
    await settle(world);
    await quiet(50);
    expect([world.s3.uploads.size, world.disk.uploads.size]).toEqual([0, 0]);
  });
});

describe("what a transfer leaves in S3 is aborted as soon as it ends", () => {
  it("also when S3 refuses the abort a few times", async () => {
    const world = createWorld(["a"]);
    copied(world, "a", content(50));
    const { host } = uploadDeps(world);
    let refusals = 3;
    const send: typeof host.send = async (request, watch) => {
      if (request.method !== "DELETE" || refusals-- <= 0) return await host.send(request, watch);
      throw new HostFailure("network");
    };
    const transfers = begin(world, { host: { ...host, send, put: () => new Promise(() => undefined) } });
    await quiet(100);
    await transfers.cancel(["a"]);
    await settle(world);
    await quiet(200);
    expect([refusals < 0, world.s3.uploads.size, world.disk.uploads.size]).toEqual([true, 0, 0]);
  });

  it("because its source changed while the rest was copied", async () => {
    const world = createUploadWorld();
    wanted(world, "a", content(100));
    const { host } = uploadDeps(world);
    const stage: typeof host.stage = async (input, watch) => {
      // Its first parts are sent meanwhile.
      await vi.waitUntil(() => input.index === 0 || world.s3.received >= 20);
      if (input.index > 0) throw new HostFailure("source");
      return await host.stage(input, watch);
    };
    begin(world, { host: { ...host, stage } });
    await settle(world);
    await quiet(60);
    expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "file-unreadable" } });
    expect([world.s3.uploads.size, world.disk.uploads.size, world.s3.objects.size]).toEqual([0, 0, 0]);
  });

  it("because it failed, and the person does not want it any more", async () => {
    const world = createWorld(["a"]);
    copied(world, "a", content(50), failed("unreachable"));
    const transfers = begin(world);
    await settle(world);
    expect(world.s3.uploads.size).toBe(1);
    await transfers.dismiss("all");
    await quiet(60);
    expect([world.s3.uploads.size, world.disk.uploads.size]).toEqual([0, 0]);
  });
});
