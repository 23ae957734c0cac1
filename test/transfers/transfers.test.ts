/** The control plane as a whole: what is taken, copied, run, ordered and shown. The runs are played. */
import { describe, expect, it } from "vitest";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { HostFailure } from "../../src/transfers/host/host-link.ts";
import type { Run } from "../../src/transfers/run.ts";
import {
  allRuns,
  bob,
  controlHost,
  createWorld,
  file,
  journalWith,
  quiet,
  recordsOf,
  simpleRun,
  sized,
  startTransfers,
  statesOf,
} from "./support/control-world.ts";

const input = (path = "a.txt", text = "hello") => ({ file: file(text), path, ifExists: "fail" as const });
const never = new Promise<never>(() => undefined);
/** Runs until it is stopped. */
const stuck = (run: Run) =>
  new Promise<never>((_resolve, reject) => run.signal.addEventListener("abort", () => reject(run.signal.reason)));

describe("files that are taken", () => {
  it("are copied, sent and proved; then their bytes leave the journal", async () => {
    const world = createWorld();
    const transfers = startTransfers(world);
    const { ids, refused } = await transfers.uploadAll([input("a"), input("dir/b")]);
    expect(refused).toEqual([]);
    await quiet();
    expect(recordsOf(world).map(({ id }) => id)).toEqual(ids);
    expect(statesOf(world)).toEqual(["done", "done"]);
    expect([world.disk.segments.size, world.held.size]).toEqual([0, 0]);
    expect(world.view.rows.map(({ name, state, sent, staged }) => ({ name, state, sent, staged }))).toEqual([
      { name: "a", state: "done", sent: 5, staged: 5 },
      { name: "b", state: "done", sent: 5, staged: 5 },
    ]);
    expect(await transfers.settled(ids[0] ?? "")).toEqual({ state: "done", path: "a", error: null });
  });

  it("are said to be done at once when they are large, whenever the next view would be due", async () => {
    const world = createWorld();
    const pause = () => never;
    await startTransfers(world, { pause }).uploadAll([{ ...input(), file: sized(9 * 1024 ** 2) }]);
    await quiet();
    expect(statesOf(world)).toEqual(["done"]);
    expect(world.view.rows.map(({ state }) => state)).toEqual(["done"]);
  });

  it("are in the journal before the host holds them", async () => {
    const world = createWorld();
    const host = controlHost(world);
    const seen: number[] = [];
    const hold: typeof host.hold = async (sources) => {
      seen.push(world.disk.records.size);
      await host.hold(sources);
    };
    await startTransfers(world, { host: { ...host, hold } }).uploadAll([input("a"), input("b")]);
    expect(seen).toEqual([2]);
    expect(world.disk.writes[0]).toBe("add");
  });

  it("are refused one by one, and the rest is taken", async () => {
    const world = createWorld();
    const transfers = startTransfers(world);
    const large = Object.defineProperty(file("x"), "size", { value: 50 * 1024 ** 4 });
    const { ids, refused } = await transfers.uploadAll([
      input("../a"),
      input("b"),
      { ...input("c"), file: large },
      input("d"),
    ]);
    expect(refused.map(({ index, error }) => [index, error.code])).toEqual([
      [0, "name-dot-segment"],
      [2, "file-too-large"],
    ]);
    expect(ids).toHaveLength(2);
    await quiet();
    expect(recordsOf(world).map(({ path }) => path)).toEqual(["b", "d"]);
  });

  it("by nobody are refused altogether", async () => {
    const world = createWorld();
    world.shown = null;
    await expect(startTransfers(world).uploadAll([input()])).rejects.toMatchObject({ code: "signed-out" });
    expect(world.disk.records.size).toBe(0);
  });

  it("of no bytes are not copied, and sent", async () => {
    const world = createWorld();
    await startTransfers(world).uploadAll([input("empty", "")]);
    await quiet();
    expect(statesOf(world)).toEqual(["done"]);
    expect(world.copied).toEqual([]);
  });

  it("are held by a second host when the first has just ended, else they wait for the person", async () => {
    const world = createWorld();
    const host = controlHost(world);
    let ends = 1;
    const hold: typeof host.hold = async (sources) => {
      if (ends-- > 0) throw new HostFailure("host-lost");
      await host.hold(sources);
    };
    const transfers = startTransfers(world, { host: { ...host, hold } });
    await transfers.uploadAll([input("a")]);
    await quiet();
    expect(statesOf(world)).toEqual(["done"]);
    ends = 2;
    const { ids } = await transfers.uploadAll([input("b")]);
    await quiet();
    expect(world.disk.records.get(ids[0] ?? "")).toMatchObject({
      ...{ state: "waiting", error: { code: "file-needed", facts: { subs: ["b"] } } },
    });
    expect(world.view.rows.find(({ path }) => path === "b")).toMatchObject({ state: "waiting", waitsFor: "file" });
  });
});

describe("one upload", () => {
  it("resolves when its bytes are safe, and not before", async () => {
    const world = createWorld();
    const host = controlHost(world);
    let release = () => {};
    const stage: typeof host.stage = async (...call) => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return await host.stage(...call);
    };
    const transfers = startTransfers(world, { host: { ...host, stage } }, allRuns(stuck));
    let safe = false;
    const upload = transfers.upload(input()).then(() => {
      safe = true;
    });
    await quiet();
    expect(safe).toBe(false);
    release();
    await upload;
    expect(world.disk.segments.size).toBe(1);
  });

  it.each([
    ["source", "file-unreadable"],
    ["full", "journal-full"],
  ] as const)("whose copying fails with %s is refused as %s, and nothing is left", async (kind, code) => {
    const world = createWorld();
    const host = controlHost(world);
    const stage = () => Promise.reject(new HostFailure(kind));
    const transfers = startTransfers(world, { host: { ...host, stage } }, allRuns(stuck));
    await expect(transfers.upload(input())).rejects.toMatchObject({ code });
    await quiet();
    expect([world.disk.records.size, world.held.size]).toEqual([0, 0]);
  });

  it("under an id that is known changes nothing", async () => {
    const world = createWorld();
    const transfers = startTransfers(world);
    const id = "01J9ZZZZZZZZZZZZZZZZZZZZZZ";
    await transfers.upload({ ...input("a"), id });
    await transfers.upload({ ...input("b"), id });
    await quiet();
    expect(recordsOf(world)).toMatchObject([{ id, path: "a", state: "done" }]);
    expect([await transfers.known(id), await transfers.known("01J9YYYYYYYYYYYYYYYYYYYYYY")]).toEqual([true, false]);
    await expect(transfers.upload({ ...input("c"), id: "mine" })).rejects.toMatchObject({ code: "internal" });
  });

  it("that an earlier life could not copy is not known, and begun anew by whoever has the bytes", async () => {
    const world = createWorld();
    const host = controlHost(world);
    const id = "01J9ZZZZZZZZZZZZZZZZZZZZZZ";
    void startTransfers(world, { host: { ...host, stage: () => never } }).upload({ ...input("a", "first"), id });
    await quiet();
    world.held.clear();
    const next = startTransfers(world);
    await next.resume();
    await quiet();
    expect(await next.known(id)).toBe(false);
    await next.upload({ ...input("a", "other"), id });
    await quiet();
    expect(recordsOf(world)).toMatchObject([{ id, state: "done" }]);
  });
});

describe("what is shown", () => {
  it("is only what belongs to the shown person", async () => {
    const world = createWorld();
    const transfers = startTransfers(world);
    await transfers.uploadAll([input("a")]);
    await transfers.uploadAll([input("b")], bob);
    await transfers.publish();
    await quiet();
    expect(world.view.rows.map(({ path }) => path)).toEqual(["a"]);
    world.shown = bob;
    await transfers.publish();
    expect(world.view.rows.map(({ path }) => path)).toEqual(["b"]);
    await transfers.cancel("all");
    await transfers.dismiss("all");
    expect(recordsOf(world).map(({ path }) => path)).toEqual(["a"]);
  });

  it("carries bytes, speed and seconds left of what moves", async () => {
    const world = createWorld();
    const work = async (run: Run) => {
      run.moved(1, 0);
      for (let step = 1; step <= 10; step++) {
        world.now += 200;
        run.moved(1, step * 10);
        await quiet(2);
      }
      await stuck(run);
    };
    const transfers = startTransfers(world, {}, allRuns(simpleRun(work)));
    await transfers.uploadAll([
      { ...input("a"), file: sized(200) },
      { ...input("b"), file: sized(100) },
    ]);
    await quiet(100);
    await transfers.publish();
    expect(world.view.totals).toMatchObject({ active: 2, running: 2, bytes: 300, sent: 200, secondsLeft: 2 });
    expect(world.view.rows[0]).toMatchObject({ state: "running", sent: 100, size: 200, staged: 200 });
    expect(world.view.rows[0]?.speed).toBeGreaterThan(0);
    expect(world.view.totals.speed).toBeGreaterThan(world.view.rows[0]?.speed ?? 0);
    await transfers.pause("all");
    await transfers.publish();
    // Stopped is not forgotten: so many bytes had been sent.
    expect(world.view.rows[0]).toMatchObject({ state: "paused", sent: 100, speed: null });
    expect(world.view.totals).toMatchObject({ active: 0, paused: 2, speed: null, secondsLeft: null });
  });

  it("says that the journal cannot be read, and that is not an empty list", async () => {
    const world = createWorld();
    let damaged = true;
    const journal = journalWith(world, {
      list: () => (damaged ? Promise.reject(new HoldallError("journal-damaged")) : Promise.resolve([])),
    });
    const transfers = startTransfers(world, { journal });
    await expect(transfers.resume()).rejects.toMatchObject({ code: "journal-damaged" });
    await expect(transfers.uploadAll([input()])).rejects.toMatchObject({ code: "journal-damaged" });
    await quiet();
    expect(world.view.problem).toMatchObject({ code: "journal-damaged" });
    damaged = false;
    await transfers.uploadAll([input()]);
    await quiet();
    expect(world.view.problem).toBeNull();
    expect(statesOf(world)).toEqual(["done"]);
  });

  it("is paged in one order, whatever happens between two pages", async () => {
    const world = createWorld();
    world.signedIn = null;
    const transfers = startTransfers(world, {}, allRuns(stuck));
    const inputs = Array.from({ length: 95 }, (_, index) => input(String(index)));
    const { ids } = await transfers.uploadAll(inputs);
    await quiet();
    await transfers.cancel(ids.slice(90));
    const rows: string[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < 20; page++) {
      const found = await transfers.list(cursor === undefined ? { limit: 10 } : { limit: 10, cursor });
      rows.push(...found.rows.map(({ id }) => id));
      if (found.cursor === null) break;
      cursor = found.cursor;
    }
    expect([...rows].sort()).toEqual([...ids].sort());
    expect(rows.slice(-5).sort()).toEqual(ids.slice(90));
    await quiet();
    await transfers.publish();
    expect(world.view.rows).toHaveLength(50);
    expect(world.view.rows.map(({ id }) => id)).toEqual(rows.slice(0, 50));
  });
});

describe("5,000 files", () => {
  it("cost few transactions and few views, and all are done", async () => {
    const world = createWorld();
    const transfers = startTransfers(world, { pause: () => new Promise((resolve) => setTimeout(resolve, 50)) });
    const count = 5000;
    for (let start = 0; start < count; start += 200) {
      const inputs = Array.from({ length: 200 }, (_, index) => input(`f${start + index}`));
      await transfers.uploadAll(inputs);
    }
    for (let turns = 0; turns < 400 && statesOf(world).some((state) => state !== "done"); turns++) await quiet(20);
    expect(statesOf(world).filter((state) => state === "done")).toHaveLength(count);
    // Each has at least five changes: copied, read, begun, sent, proved.
    expect(world.disk.writes.length).toBeLessThan(count * 2.5);
    expect(world.views).toBeLessThan(count / 5);
    await transfers.publish();
    expect(world.view.totals).toMatchObject({ done: count, active: 0 });
  }, 30_000);

  it("that have ended leave the list when something new begins, but for the last ones", async () => {
    const world = createWorld();
    const transfers = startTransfers(world);
    await transfers.uploadAll(Array.from({ length: 120 }, (_, index) => input(`f${index}`)));
    await quiet(300);
    expect(statesOf(world)).toHaveLength(120);
    await transfers.uploadAll([input("new")]);
    await quiet();
    expect(statesOf(world)).toHaveLength(51);
  });
});
