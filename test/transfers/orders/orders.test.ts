/** What the person orders, and what becomes of a file that is needed again. */
import { describe, expect, it } from "vitest";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { HostFailure } from "../../../src/transfers/host/host-link.ts";
import type { Run } from "../../../src/transfers/run.ts";
import {
  allRuns,
  controlHost,
  createWorld,
  file,
  quiet,
  recordsOf,
  simpleRun,
  sized,
  startTransfers,
  statesOf,
  type World,
} from "../support/control-world.ts";

const MiB = 1024 ** 2;
const input = (path = "a.txt", text = "hello") => ({ file: file(text), path, ifExists: "fail" as const });
const stuck = (run: Run) =>
  new Promise<never>((_resolve, reject) => run.signal.addEventListener("abort", () => reject(run.signal.reason)));
const failing = (code: "file-exists" | "file-missing") =>
  allRuns(simpleRun(() => Promise.reject(new HoldallError(code, { subs: ["a"] }))));
const one = (world: World) => recordsOf(world)[0];

describe("pause", () => {
  it("stops what runs, and it goes on where it was", async () => {
    const world = createWorld();
    let hang = true;
    const stopped: unknown[] = [];
    const runs = allRuns(
      simpleRun((run) =>
        hang ? stuck(run).catch((reason) => stopped.push(reason) && Promise.reject(reason)) : Promise.resolve(),
      ),
    );
    const transfers = startTransfers(world, {}, runs);
    await transfers.uploadAll([input("a"), input("b")]);
    await quiet();
    expect(statesOf(world)).toEqual(["uploading", "uploading"]);
    await transfers.pause("all");
    await quiet();
    expect([stopped.length, ...statesOf(world)]).toEqual([2, "paused", "paused"]);
    await transfers.resume();
    await quiet();
    expect(statesOf(world)).toEqual(["paused", "paused"]);
    hang = false;
    const [first] = recordsOf(world);
    await transfers.unpause([first?.id ?? ""]);
    await quiet();
    expect(statesOf(world)).toEqual(["done", "paused"]);
    await transfers.unpause("all");
    await quiet();
    expect(statesOf(world)).toEqual(["done", "done"]);
  });

  it("does not stop the copying: the source may be gone later", async () => {
    const world = createWorld();
    const host = controlHost(world);
    const releases: (() => void)[] = [];
    const stage: typeof host.stage = async (...call) => {
      await new Promise<void>((resolve) => releases.push(resolve));
      return await host.stage(...call);
    };
    const transfers = startTransfers(world, { host: { ...host, stage } });
    await transfers.uploadAll([{ ...input(), file: sized(65 * MiB) }]);
    await transfers.pause("all");
    for (let segment = 0; segment < 2; segment++) {
      await quiet();
      releases.shift()?.();
    }
    await quiet();
    expect(one(world)).toMatchObject({ state: "paused", staged: 65 * MiB });
    expect(world.disk.segments.size).toBe(2);
    await transfers.unpause("all");
    await quiet();
    expect(statesOf(world)).toEqual(["done"]);
  });
});

describe("cancel", () => {
  it("stops, lets go of file and bytes, and leaves ended ones as they are", async () => {
    const world = createWorld();
    const host = controlHost(world);
    const stage: typeof host.stage = (staged, watch) =>
      staged.index === 1
        ? new Promise((_resolve, reject) =>
            watch.signal.addEventListener("abort", () => reject(new HostFailure("cancelled"))),
          )
        : host.stage(staged, watch);
    const transfers = startTransfers(world, { host: { ...host, stage } }, allRuns(stuck));
    await transfers.uploadAll([{ ...input("big"), file: sized(65 * MiB) }]);
    await quiet();
    expect([one(world)?.state, world.disk.segments.size]).toEqual(["uploading", 1]);
    await transfers.cancel("all");
    await quiet();
    expect(statesOf(world)).toEqual(["cancelled"]);
    expect([world.disk.segments.size, world.held.size]).toEqual([0, 0]);
    await transfers.cancel("all");
    await transfers.dismiss("ended");
    expect(world.disk.records.size).toBe(0);
  });

  it("wins over whatever comes later", async () => {
    const world = createWorld();
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const transfers = startTransfers(world, {}, allRuns(simpleRun(() => held)));
    await transfers.uploadAll([input()]);
    await quiet();
    await transfers.cancel("all");
    go();
    await quiet();
    expect(statesOf(world)).toEqual(["cancelled"]);
  });
});

describe("retry", () => {
  it("of conflicts answers them all alike, and leaves other failures alone", async () => {
    const world = createWorld();
    const seen: string[] = [];
    const transfers = startTransfers(
      world,
      {},
      allRuns(
        simpleRun((run) => {
          const { ifExists, name } = run.record();
          seen.push(`${name} ${ifExists}`);
          if (name === "other") return Promise.reject(new HoldallError("access-denied"));
          return ifExists === "fail" ? Promise.reject(new HoldallError("file-exists")) : Promise.resolve();
        }),
      ),
    );
    await transfers.uploadAll([input("a"), input("b"), input("other")]);
    await quiet();
    await transfers.publish();
    expect(world.view.totals).toMatchObject({ conflicts: 2, failed: 1 });
    await transfers.retry("conflicts", "keep-both");
    await quiet();
    expect(statesOf(world)).toEqual(["done", "done", "failed"]);
    expect(seen.filter((entry) => entry.endsWith("keep-both"))).toEqual(["a keep-both", "b keep-both"]);
    await transfers.dismiss("failed");
    expect(recordsOf(world).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("keeps the bytes of what failed, and asks for the file of what was cancelled", async () => {
    const world = createWorld();
    const transfers = startTransfers(world, {}, failing("file-exists"));
    const { ids } = await transfers.uploadAll([input("a"), input("b")]);
    await quiet();
    expect([statesOf(world), world.disk.segments.size]).toEqual([["failed", "failed"], 2]);
    await transfers.retry([ids[1] ?? ""]);
    const paused = transfers.pause([ids[1] ?? ""]);
    await paused;
    await transfers.cancel([ids[1] ?? ""]);
    await transfers.retry([ids[1] ?? ""]);
    await quiet();
    expect(recordsOf(world)).toMatchObject([
      { state: "failed", staged: 5 },
      { state: "waiting", staged: 0, error: { code: "file-needed" } },
    ]);
    // Of all, the cancelled ones are not meant.
    await transfers.cancel([ids[1] ?? ""]);
    await transfers.retry("all");
    await quiet();
    expect(statesOf(world)).toEqual(["failed", "cancelled"]);
  });

  it("makes what waits try at once", async () => {
    const world = createWorld();
    const tries: number[] = [];
    const run = simpleRun(async () => {
      tries.push(1);
      if (tries.length === 1) throw new HostFailure("network");
    });
    const transfers = startTransfers(world, { pause: () => new Promise(() => undefined) }, allRuns(run));
    const { ids } = await transfers.uploadAll([input()]);
    await quiet();
    expect(one(world)).toMatchObject({ state: "waiting", attempts: 1 });
    await transfers.retry(ids);
    await quiet();
    expect(statesOf(world)).toEqual(["done"]);
  });
});

describe("the order", () => {
  it("is the person's: what is moved to the front runs first", async () => {
    const world = createWorld();
    const seen: string[] = [];
    let hang = true;
    const run = simpleRun(async (going) => {
      seen.push(going.record().name);
      if (hang) await stuck(going);
    });
    const transfers = startTransfers(world, {}, allRuns(run));
    const { ids } = await transfers.uploadAll(Array.from({ length: 30 }, (_, index) => input(`f${index}`)));
    await quiet();
    await transfers.pause("all");
    await transfers.move([ids[29] ?? "", ids[28] ?? ""], ids[0] ?? null);
    await transfers.move([ids[0] ?? ""], null);
    seen.length = 0;
    hang = false;
    await transfers.unpause("all");
    await quiet(200);
    expect(seen.slice(0, 3)).toEqual(["f29", "f28", "f1"]);
    expect(seen.at(-1)).toBe("f0");
  });
});

describe("the file again", () => {
  /** A life that copied one segment of two and ended with everything that held the file. */
  async function halfCopied(source: Blob) {
    const world = createWorld();
    const host = controlHost(world);
    const stage: typeof host.stage = (staged, watch) =>
      staged.index === 0 ? host.stage(staged, watch) : new Promise(() => undefined);
    const first = startTransfers(world, { host: { ...host, stage } }, allRuns(stuck));
    const { ids } = await first.uploadAll([{ ...input("big"), file: source }]);
    await quiet();
    world.held.clear();
    const transfers = startTransfers(world);
    await transfers.resume();
    await quiet();
    expect(one(world)).toMatchObject({ state: "waiting", error: { code: "file-needed" }, staged: 64 * MiB });
    return { world, transfers, id: ids[0] ?? "" };
  }

  it("goes on where copying ended, when it is the same", async () => {
    const { world, transfers, id } = await halfCopied(sized(65 * MiB));
    expect(transfers.busy()).toBe(false);
    await transfers.resume();
    await quiet();
    expect(statesOf(world)).toEqual(["waiting"]);
    world.copied = [];
    await transfers.provide(id, sized(65 * MiB));
    await quiet();
    expect(statesOf(world)).toEqual(["done"]);
    expect(world.copied).toEqual([`${id} 1`]);
  });

  it.each([
    ["other bytes", sized(65 * MiB, 2)],
    ["another size", sized(64 * MiB)],
  ])("of %s is refused, and nothing is mixed", async (_name, other) => {
    const { world, transfers, id } = await halfCopied(sized(65 * MiB));
    await expect(transfers.provide(id, other)).rejects.toMatchObject({ code: "file-changed" });
    await quiet();
    expect(one(world)).toMatchObject({ state: "waiting", error: { code: "file-needed" }, staged: 64 * MiB });
    expect(world.held.size).toBe(0);
  });

  it("of another date is refused", async () => {
    const dated = (lastModified: number) => new File([new Uint8Array(65 * MiB).fill(1)], "big", { lastModified });
    const { transfers, id } = await halfCopied(dated(1000));
    await expect(transfers.provide(id, dated(2000))).rejects.toMatchObject({ code: "file-changed" });
    await transfers.provide(id, dated(1000));
  });

  it("is compared with what was sent from the source itself", async () => {
    const world = createWorld();
    world.room = 0;
    const run = async (going: Run) => {
      await going.apply({ type: "started" });
      const { id, segmentSize } = going.record();
      const range = { start: 0, end: 8 * MiB };
      const bytes = { transferId: id, segmentSize, live: true };
      const digest = await going.deps.host.digest({ bytes, range, sha256: false }, { signal: going.signal });
      await going.deps.journal.putPart(id, 1, digest);
      await stuck(going);
    };
    const { ids } = await startTransfers(world, {}, allRuns(run)).uploadAll([
      { ...input("big"), file: sized(20 * MiB) },
    ]);
    await quiet();
    expect(one(world)).toMatchObject({ live: true, state: "uploading", staged: 0 });
    world.held.clear();
    const transfers = startTransfers(world);
    await transfers.resume();
    await quiet();
    expect(one(world)).toMatchObject({ state: "waiting", error: { code: "file-needed" } });
    await expect(transfers.provide(ids[0] ?? "", sized(20 * MiB, 7))).rejects.toMatchObject({ code: "file-changed" });
    await transfers.provide(ids[0] ?? "", sized(20 * MiB));
    await quiet();
    expect(statesOf(world)).toEqual(["done"]);
    expect(world.held.size).toBe(0);
  });

  it("is not held for a transfer that was cancelled while it was compared", async () => {
    const { world, id } = await halfCopied(sized(65 * MiB));
    const host = controlHost(world);
    const matches: typeof host.matches = async (...asked) => {
      const same = await host.matches(...asked);
      await transfers.cancel([id]);
      return same;
    };
    const transfers = startTransfers(world, { host: { ...host, matches } });
    await transfers.provide(id, sized(65 * MiB));
    await quiet();
    expect(statesOf(world)).toEqual(["cancelled"]);
    expect(world.held.size).toBe(0);
  });
});
