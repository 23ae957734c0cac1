import { describe, expect, it } from "vitest";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { createGroupCommit } from "../../../src/transfers/journal/group-commit.ts";
import type { Journal } from "../../../src/transfers/journal/journal.ts";
import { createLedger } from "../../../src/transfers/journal/ledger.ts";
import { Stopped } from "../../../src/transfers/run.ts";
import { createDisk, memoryJournal } from "../support/memory-journal.ts";
import { recordOf } from "../support/record-of.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("group commit", () => {
  /** Writes that end when the test says so. */
  function slowly() {
    const writes: { ids: string[]; end(error?: Error): void }[] = [];
    const commit = createGroupCommit((ids) => {
      return new Promise((resolve, reject) => {
        writes.push({ ids, end: (error) => (error === undefined ? resolve() : reject(error)) });
      });
    });
    return { writes, commit };
  }

  it("writes one thing at a time, and all that changed meanwhile with the next", async () => {
    const { writes, commit } = slowly();
    const done: string[] = [];
    const include = (id: string) => commit.include(id).then(() => done.push(id));
    void include("a");
    await turn();
    for (const id of ["b", "c", "b"]) void include(id);
    await turn();
    expect(writes.map(({ ids }) => ids)).toEqual([["a"]]);
    writes[0]?.end();
    await turn();
    expect(done).toEqual(["a"]);
    expect(writes.map(({ ids }) => ids)).toEqual([["a"], ["b", "c"]]);
    writes[1]?.end();
    await turn();
    expect(done).toEqual(["a", "b", "c", "b"]);
  });

  it("resolves nobody by a write that began before the change", async () => {
    const { writes, commit } = slowly();
    void commit.include("a");
    await turn();
    let second = false;
    void commit.include("a").then(() => {
      second = true;
    });
    writes[0]?.end();
    await turn();
    expect(second).toBe(false);
    writes[1]?.end();
    await turn();
    expect(second).toBe(true);
  });

  it("that fails tells those who waited for it, and takes what changed along the next time", async () => {
    const { writes, commit } = slowly();
    const first = commit.include("a");
    await turn();
    writes[0]?.end(new Error("full"));
    await expect(first).rejects.toThrow("full");
    void commit.include("b");
    await turn();
    expect(writes[1]?.ids.sort()).toEqual(["a", "b"]);
  });
});

describe("ledger", () => {
  async function opened(change: Partial<Journal> = {}) {
    const disk = createDisk();
    const journal: Journal = { ...memoryJournal(disk), ...change };
    const ledger = createLedger(journal, () => 42);
    await ledger.load();
    return { disk, ledger };
  }

  it("carries any number of changes in few transactions", async () => {
    const { disk, ledger } = await opened();
    const ids = Array.from({ length: 5000 }, (_, index) => String(index).padStart(5, "0"));
    await ledger.add(ids.map((id) => recordOf(id)));
    disk.writes = [];
    await Promise.all(ids.map((id) => ledger.apply(id, { type: "started" })));
    expect(disk.writes).toEqual(["update"]);
    expect([...disk.records.values()].every(({ state }) => state === "uploading")).toBe(true);
  });

  it("changes memory at once, so that of two events only one is legal", async () => {
    const { ledger } = await opened();
    await ledger.add([recordOf("01")]);
    const both = [ledger.apply("01", { type: "cancelled" }), ledger.apply("01", { type: "started" })];
    expect(ledger.get("01")?.state).toBe("cancelled");
    await expect(both[0]).resolves.toBeUndefined();
    await expect(both[1]).rejects.toBeInstanceOf(Stopped);
  });

  it("says when something ended, how and when", async () => {
    const { disk, ledger } = await opened();
    await ledger.add([recordOf("01"), recordOf("02")]);
    const settled = ledger.settled("01");
    await ledger.apply("01", { type: "gave-up", error: { code: "file-exists", facts: {} } });
    expect(await settled).toEqual({ state: "failed", path: "a.txt", error: { code: "file-exists", facts: {} } });
    expect(disk.records.get("01")?.ended).toBe(42);
    await ledger.apply("01", { type: "retried" });
    expect(disk.records.get("01")?.ended).toBeNull();
    const removed = ledger.settled("02");
    await ledger.remove(["02"]);
    expect(await removed).toBeNull();
    expect(await ledger.settled("03")).toBeNull();
  });

  it("removes for good, also what is being written at that moment", async () => {
    const disk = createDisk();
    const memory = memoryJournal(disk);
    const held: (() => void)[] = [];
    const update: Journal["update"] = async (records) => {
      await new Promise<void>((resolve) => held.push(resolve));
      await memory.update(records);
    };
    const ledger = createLedger({ ...memory, update }, () => 0);
    await ledger.load();
    await ledger.add([recordOf("01")]);
    void ledger.apply("01", { type: "started" });
    await turn();
    const removed = ledger.remove(["01"]);
    for (const release of held) release();
    await removed;
    await turn();
    expect(disk.records.size).toBe(0);
  });

  it("remembers that the journal could not be written until it can", async () => {
    let full = true;
    const { ledger } = await opened({
      update: async () => {
        if (full) throw new HoldallError("journal-full");
      },
    });
    await ledger.add([recordOf("01")]);
    await expect(ledger.apply("01", { type: "started" })).rejects.toMatchObject({ code: "journal-full" });
    // In memory it stands: what comes next builds on it.
    expect(ledger.get("01")?.state).toBe("uploading");
    expect(ledger.problem()).toMatchObject({ code: "journal-full" });
    full = false;
    await ledger.apply("01", { type: "paused" });
    expect(ledger.problem()).toBeNull();
  });

  it("reads again after a failed read, which is never an empty list", async () => {
    let damaged = true;
    const disk = createDisk();
    const memory = memoryJournal(disk);
    await memory.add([recordOf("01", { state: "uploading" })]);
    const list = () => (damaged ? Promise.reject(new HoldallError("journal-damaged")) : memory.list());
    const ledger = createLedger({ ...memory, list }, () => 0);
    await expect(ledger.load()).rejects.toMatchObject({ code: "journal-damaged" });
    damaged = false;
    await ledger.load();
    expect([...ledger.all()].map(({ state }) => state)).toEqual(["queued"]);
  });
});
