import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLedger } from "../../../src/transfers/journal/ledger.ts";
import { createOrdered } from "../../../src/transfers/queue/ordered.ts";
import { bigLanes, createQueue, smallLanes } from "../../../src/transfers/queue/queue.ts";
import { rerank } from "../../../src/transfers/queue/ranks.ts";
import { byRank, type TransferRecord } from "../../../src/transfers/record.ts";
import { createDisk, memoryJournal } from "../support/memory-journal.ts";
import { recordOf } from "../support/record-of.ts";

const MiB = 1024 ** 2;
const big = { size: 100 * MiB, partSize: 8 * MiB };

async function queueOf(records: TransferRecord[]) {
  const ledger = createLedger(memoryJournal(createDisk()), () => 0);
  const queue = createQueue(ledger);
  await ledger.load();
  await ledger.add(records);
  return { ledger, queue };
}

const many = (count: number, prefix: string, change: Partial<TransferRecord> = {}) =>
  Array.from({ length: count }, (_, index) => recordOf(`${prefix}${String(index).padStart(4, "0")}`, change));

describe("queue", () => {
  it("starts few big ones and more small ones, whatever came first", async () => {
    const { queue } = await queueOf([...many(50, "a", big), ...many(50, "b")]);
    const started = queue.next([]);
    expect(started.filter((id) => id.startsWith("a"))).toEqual(["a0000", "a0001"]);
    expect(started.filter((id) => id.startsWith("b"))).toHaveLength(smallLanes);
    expect(started).toHaveLength(bigLanes + smallLanes);
    expect(queue.next(started)).toEqual([]);
    expect(queue.next(started.filter((id) => id !== "a0000"))).toEqual(["a0000"]);
  });

  it("goes by the person's order, then by age", async () => {
    const { ledger, queue } = await queueOf(many(20, "a", { ...big, rank: 5 }));
    await ledger.apply("a0019", { type: "moved", rank: 1 });
    expect(queue.next([])).toEqual(["a0019", "a0000"]);
  });

  it("follows what becomes ready, and what is not any more", async () => {
    const { ledger, queue } = await queueOf([recordOf("a"), recordOf("b", { state: "staging", staged: 0 })]);
    expect(queue.next([])).toEqual(["a"]);
    await ledger.apply("b", { type: "staged", bytes: 3 });
    await ledger.apply("a", { type: "paused" });
    expect(queue.next([])).toEqual(["b"]);
    await ledger.remove(["b"]);
    expect(queue.next([])).toEqual([]);
  });

  it("takes what the browser was saving when the background ended", async () => {
    const saving = { state: "saving", saving: { url: "blob:1", downloadId: 1 } } as const;
    const { queue } = await queueOf([recordOf("a", { kind: "download", ...saving })]);
    expect(queue.next([])).toEqual(["a"]);
  });
});

describe("ordered", () => {
  it("is sorted after whatever was added and deleted", () => {
    const place = fc.record({ id: fc.constantFrom(..."abcdefgh"), rank: fc.nat(3) });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), place), { maxLength: 60 }), (steps) => {
        const ordered = createOrdered();
        let model: { id: string; rank: number }[] = [];
        for (const [add, entry] of steps) {
          model = model.filter(({ id, rank }) => id !== entry.id || rank !== entry.rank);
          if (add) model.push(entry);
          if (add) ordered.add(entry);
          else ordered.delete(entry);
        }
        expect([...ordered.values()]).toEqual(model.sort(byRank));
        expect(ordered.size).toBe(model.length);
      }),
    );
  });
});

describe("moving in the queue", () => {
  const ids = ["a", "b", "c", "d", "e", "f"];
  const moves = fc.array(fc.tuple(fc.shuffledSubarray(ids, { minLength: 1 }), fc.option(fc.constantFrom(...ids))), {
    maxLength: 80,
  });

  it("puts those that were chosen where they were put, and leaves the others in order", () => {
    fc.assert(
      fc.property(fc.constantFrom(0, 1), moves, (spread, steps) => {
        let queue = ids.map((id, index) => ({ id, rank: index * spread }));
        for (const [moved, before] of steps) {
          const order = [...queue].sort(byRank).map(({ id }) => id);
          const moving = moved.filter((id) => id !== before);
          const rest = order.filter((id) => !moving.includes(id));
          const at = before === null ? rest.length : rest.indexOf(before);
          const ranks = rerank(queue, moved, before);
          queue = queue.map(({ id, rank }) => ({ id, rank: ranks.get(id) ?? rank }));
          const expected = [...rest.slice(0, at), ...moving, ...rest.slice(at)];
          expect([...queue].sort(byRank).map(({ id }) => id)).toEqual(expected);
        }
      }),
    );
  });

  it("changes no more than what moves, while there is room between", () => {
    const queue = Array.from({ length: 1000 }, (_, rank) => ({ id: String(rank), rank }));
    expect([...rerank(queue, ["7", "9"], "3").keys()]).toEqual(["7", "9"]);
    expect(rerank(queue, ["unknown"], null).size).toBe(0);
  });

  it("never runs out of places between two", () => {
    let queue = ids.map((id, rank) => ({ id, rank }));
    for (let step = 0; step < 200; step++) {
      const moved = step % 2 === 0 ? "e" : "f";
      const ranks = rerank(queue, [moved], "b");
      queue = queue.map(({ id, rank }) => ({ id, rank: ranks.get(id) ?? rank }));
      const order = [...queue].sort(byRank).map(({ id }) => id);
      expect(order.indexOf(moved) + 1).toBe(order.indexOf("b"));
      expect(new Set(queue.map(({ rank }) => rank)).size).toBe(ids.length);
    }
  });
});
