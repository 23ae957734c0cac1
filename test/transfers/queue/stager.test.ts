import { describe, expect, it } from "vitest";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { HostFailure, type HostLink } from "../../../src/transfers/host/host-link.ts";
import type { Run } from "../../../src/transfers/run.ts";
import {
  allRuns,
  controlHost,
  createWorld,
  file,
  journalWith,
  quiet,
  recordsOf,
  sized,
  startTransfers,
  statesOf,
  type World,
} from "../support/control-world.ts";

const MiB = 1024 ** 2;
const stuck = (run: Run) =>
  new Promise<never>((_resolve, reject) => run.signal.addEventListener("abort", () => reject(run.signal.reason)));
const upload = (path: string, bytes = file("hello")) => ({ file: bytes, path, ifExists: "fail" as const });

/** A host whose copies end when the test says so. */
function heldBack(world: World) {
  const host = controlHost(world);
  const copies: { name: string; index: number; end(): void }[] = [];
  const stage: HostLink["stage"] = async (input, watch) => {
    const name = recordsOf(world).find(({ id }) => id === input.transferId)?.name ?? "";
    await new Promise<void>((resolve) => {
      const entry = { name, index: input.index, end: resolve };
      copies.push(entry);
    });
    return await host.stage(input, watch);
  };
  const end = (name: string) => {
    const at = copies.findIndex((copy) => copy.name === name);
    copies.splice(at, 1)[0]?.end();
  };
  return { host: { ...host, stage }, copies, end };
}

describe("copying", () => {
  it("goes by the person's order, two big ones and several small ones at a time", async () => {
    const world = createWorld();
    const { host, copies, end } = heldBack(world);
    const transfers = startTransfers(world, { host }, allRuns(stuck));
    const big = ["B1", "B2", "B3"].map((name) => upload(name, sized(9 * MiB)));
    const small = Array.from({ length: 8 }, (_, index) => upload(`s${index}`));
    await transfers.uploadAll([...big, ...small]);
    await quiet();
    const names = () => copies.map(({ name }) => name).sort();
    expect(names()).toEqual(["B1", "B2", "s0", "s1", "s2", "s3", "s4", "s5"]);
    end("B2");
    end("s3");
    await quiet();
    expect(names()).toEqual(["B1", "B3", "s0", "s1", "s2", "s4", "s5", "s6"]);
  });

  it("has room for small files while a large one is copied", async () => {
    const world = createWorld();
    const { host, end } = heldBack(world);
    world.room = 170 * MiB;
    const transfers = startTransfers(world, { host }, allRuns(stuck));
    await transfers.uploadAll([upload("big", sized(129 * MiB))]);
    await quiet();
    end("big");
    await quiet();
    world.room -= 64 * MiB;
    world.now += 3000;
    await transfers.uploadAll([upload("small")]);
    await quiet();
    expect(recordsOf(world)).toMatchObject([
      { name: "big", staged: 64 * MiB },
      { name: "small", live: false },
    ]);
  });

  it("lets a transfer run as soon as its first segment is there", async () => {
    const world = createWorld();
    const { host, end } = heldBack(world);
    const waited: string[] = [];
    const run = async (going: Run) => {
      await going.apply({ type: "started" });
      await going.staged(64 * MiB);
      waited.push("first");
      await going.staged(65 * MiB);
      waited.push("last");
      await stuck(going);
    };
    const transfers = startTransfers(world, { host }, allRuns(run));
    await transfers.uploadAll([upload("big", sized(65 * MiB))]);
    await quiet();
    expect([statesOf(world), waited]).toEqual([["staging"], []]);
    end("big");
    await quiet();
    expect([statesOf(world), waited]).toEqual([["uploading"], ["first"]]);
    end("big");
    await quiet();
    expect(waited).toEqual(["first", "last"]);
    expect(world.held.size).toBe(0);
  });

  it("of what the journal has no room for does not happen: it is read from the source", async () => {
    const world = createWorld();
    world.room = 100 * MiB;
    const transfers = startTransfers(world, {}, allRuns(stuck));
    await transfers.uploadAll([upload("huge", sized(90 * MiB)), upload("small")]);
    await quiet();
    expect(recordsOf(world)).toMatchObject([
      { name: "huge", live: true, staged: 0, state: "uploading" },
      { name: "small", live: false, staged: 5, state: "uploading" },
    ]);
    expect(world.held.size).toBe(1);
    // It is needed until the end, and no longer.
    await transfers.cancel("all");
    await quiet();
    expect(world.held.size).toBe(0);
  });

  it("that finds the disk full in the middle goes on from the source", async () => {
    const world = createWorld();
    const host = controlHost(world);
    const stage: HostLink["stage"] = (input, watch) =>
      input.index === 0 ? host.stage(input, watch) : Promise.reject(new HostFailure("full"));
    const transfers = startTransfers(world, { host: { ...host, stage } }, allRuns(stuck));
    await transfers.uploadAll([upload("big", sized(65 * MiB))]);
    await quiet();
    expect(recordsOf(world)).toMatchObject([{ live: true, staged: 64 * MiB, state: "uploading" }]);
    expect(world.held.size).toBe(1);
  });

  it("of a source that changed or vanished is a clear failure, also of what runs already", async () => {
    const world = createWorld();
    const host = controlHost(world);
    const stage: HostLink["stage"] = (input, watch) =>
      input.index === 0 ? host.stage(input, watch) : Promise.reject(new HostFailure("source"));
    const stopped: unknown[] = [];
    const run = (going: Run) => stuck(going).catch((reason) => stopped.push(reason));
    const transfers = startTransfers(
      world,
      { host: { ...host, stage } },
      allRuns(async (going) => void (await run(going))),
    );
    const { ids } = await transfers.uploadAll([upload("big", sized(65 * MiB))]);
    await quiet();
    expect(recordsOf(world)).toMatchObject([{ state: "failed", error: { code: "file-unreadable" } }]);
    expect(stopped.length).toBeGreaterThan(0);
    expect(world.held.size).toBe(0);
    // What was copied is of no version that there ever was.
    await transfers.retry(ids);
    expect(recordsOf(world)).toMatchObject([{ state: "waiting", error: { code: "file-needed" }, staged: 0 }]);
    expect(world.disk.segments.size).toBe(0);
  });

  it("survives a host that ends, when the host kept the source; else the person is asked", async () => {
    const world = createWorld();
    const host = controlHost(world);
    let ends = 2;
    let loses = false;
    const stage: HostLink["stage"] = (input, watch) => {
      if (ends-- <= 0) return host.stage(input, watch);
      if (loses) world.held.clear();
      return Promise.reject(new HostFailure("host-lost"));
    };
    const transfers = startTransfers(world, { host: { ...host, stage } }, allRuns(stuck));
    await transfers.uploadAll([upload("a")]);
    await quiet();
    expect(recordsOf(world)).toMatchObject([{ state: "uploading", staged: 5 }]);
    ends = 1;
    loses = true;
    await transfers.uploadAll([upload("b")]);
    await quiet();
    expect(recordsOf(world)[1]).toMatchObject({ state: "waiting", error: { code: "file-needed" } });
    // One that always ends is given up.
    ends = Number.POSITIVE_INFINITY;
    loses = false;
    await transfers.uploadAll([upload("c")]);
    await quiet();
    expect(recordsOf(world)[2]).toMatchObject({ state: "failed", error: { code: "transfer-host-lost" } });
  });
});

describe("a restart", () => {
  it("goes on copying what the host still holds, without anybody signed in", async () => {
    const world = createWorld();
    const host = controlHost(world);
    const stage: HostLink["stage"] = (input, watch) =>
      input.index === 0 ? host.stage(input, watch) : new Promise(() => undefined);
    await startTransfers(world, { host: { ...host, stage } }, allRuns(stuck)).uploadAll([
      upload("kept", sized(65 * MiB)),
      upload("lost", sized(65 * MiB)),
    ]);
    await quiet();
    const [kept, lost] = recordsOf(world);
    expect([kept?.staged, lost?.staged]).toEqual([64 * MiB, 64 * MiB]);
    world.held.delete(lost?.id ?? "");
    world.signedIn = null;
    world.shown = null;
    world.copied = [];
    const next = startTransfers(world);
    await next.resume();
    await quiet();
    expect(recordsOf(world)).toMatchObject([
      { state: "waiting", error: { code: "signed-out" }, staged: 65 * MiB },
      { state: "waiting", error: { code: "file-needed" }, staged: 64 * MiB },
    ]);
    expect(world.copied).toEqual([`${kept?.id} 1`]);
  });

  it("finds a file that was copied whole though nobody wrote that down", async () => {
    const world = createWorld();
    const host = controlHost(world);
    const stage: HostLink["stage"] = async (input, watch) => {
      await host.stage(input, watch);
      // The background ends in this moment.
      return await new Promise(() => undefined);
    };
    await startTransfers(world, { host: { ...host, stage } }, allRuns(stuck)).uploadAll([upload("a")]);
    await quiet();
    expect(recordsOf(world)).toMatchObject([{ state: "staging", staged: 0 }]);
    expect(world.held.size).toBe(0);
    await startTransfers(world, {}, allRuns(stuck)).resume();
    await quiet();
    expect(recordsOf(world)).toMatchObject([{ state: "uploading", staged: 5 }]);
  });

  it("asks for a file when the journal cannot say whether it has it, and takes others", async () => {
    const world = createWorld();
    const host = controlHost(world);
    const stage: HostLink["stage"] = () => new Promise(() => undefined);
    await startTransfers(world, { host: { ...host, stage } }, allRuns(stuck)).uploadAll([upload("a")]);
    world.held.clear();
    const journal = journalWith(world, { segment: () => Promise.reject(new HoldallError("journal-damaged")) });
    const transfers = startTransfers(world, { journal }, allRuns(stuck));
    await transfers.resume();
    await quiet();
    expect(recordsOf(world)).toMatchObject([{ state: "waiting", error: { code: "file-needed" } }]);
    await expect(transfers.upload(upload("b"))).resolves.toMatchObject({});
  });
});
