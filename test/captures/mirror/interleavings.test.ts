/** Readings of the table while people and other devices change it: the mirror is compared with the table itself. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import fc from "fast-check";
import { expect, it } from "vitest";
import { readIndexItem } from "../../../src/captures/index-item.ts";
import { createMirror } from "../../../src/captures/mirror/create-mirror.ts";
import type { CaptureRow } from "../../../src/messaging/captures-view.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { encodeTime } from "../../../src/shared/ulid.ts";
import { captureRow } from "./capture-row.ts";
import { createCaptureTable } from "./capture-table.ts";

const alice = { profile: "p1", identity: "local|alice" };
const start = Date.UTC(2026, 2, 1);
/** So many captures there can be, a minute apart. */
const slots = 12;

const change = fc.record({
  who: fc.constantFrom("here", "elsewhere"),
  what: fc.constantFrom("write", "write", "delete"),
  slot: fc.nat({ max: slots - 1 }),
  tag: fc.constantFrom("red", "blue"),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** What happens before and after the table is looked at for a page; `cut`: its answer is lost. */
const page = fc.record({
  before: fc.array(change, { maxLength: 3 }),
  after: fc.array(change, { maxLength: 3 }),
  cut: fc.boolean(),
});

function createStage() {
  globalThis.indexedDB = new IDBFactory();
  const { table, deps } = createCaptureTable();
  table.now = start + slots * 60_000;
  const mirror = createMirror(deps);
  const waiting: Promise<unknown>[] = [];
  let revisions = 0;

  function apply({ who, what, slot, tag }: Change): void {
    const at = start + slot * 60_000;
    const id = `${encodeTime(at)}${"0".repeat(16)}`;
    const row = captureRow({ id, at, tags: [tag], rev: ++revisions });
    if (what === "write") table.put(row);
    else table.drop(id);
    if (who === "elsewhere") return;
    waiting.push(what === "write" ? mirror.put(alice, row) : mirror.drop(alice, id));
  }

  async function read(kind: "sync" | "refresh", pages: { before: Change[]; after: Change[]; cut: boolean }[]) {
    const left = [...pages];
    let current: (typeof left)[number] | undefined;
    table.before = async () => {
      current = left.shift();
      for (const one of current?.before ?? []) apply(one);
    };
    table.after = async () => {
      for (const one of current?.after ?? []) apply(one);
      if (current?.cut) throw new HoldallError("offline");
    };
    await mirror[kind](alice).catch((error: unknown) => expect(error).toMatchObject({ code: "offline" }));
    await Promise.all(waiting.splice(0));
  }

  async function mirrored(): Promise<CaptureRow[]> {
    return (await mirror.list(alice, { filter: {}, limit: 100 })).rows;
  }

  function stored(): CaptureRow[] {
    const rows = [...table.items.values()].flatMap((item) => readIndexItem(item) ?? []);
    return rows.sort((a, b) => b.at - a.at);
  }

  async function checkCounts(): Promise<void> {
    const rows = await mirrored();
    const { tags, total } = await mirror.facets(alice);
    const counted = (tag: string) => rows.filter((row) => row.tags.includes(tag)).length;
    expect(total).toBe(rows.length);
    for (const tag of ["red", "blue"]) expect(tags.find(([name]) => name === tag)?.[1] ?? 0).toBe(counted(tag));
  }

  return { apply, read, mirrored, stored, checkCounts };
}

const readings = fc.array(
  fc.tuple(fc.constantFrom("sync" as const, "refresh" as const), fc.array(page, { maxLength: 6 })),
  {
    maxLength: 3,
  },
);

it("what is changed here meanwhile is never lost, and never comes back", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change), readings, async (first, all) => {
      const stage = createStage();
      for (const one of first) stage.apply({ ...one, who: "elsewhere" });
      const here = (changes: Change[]) => changes.map((one) => ({ ...one, who: "here" as const }));
      for (const [kind, pages] of all) {
        await stage.read(
          kind,
          pages.map(({ before, after, cut }) => ({ before: here(before), after: here(after), cut })),
        );
        await stage.checkCounts();
      }
      await stage.read("sync", []);
      expect(await stage.mirrored()).toEqual(stage.stored());
      await stage.checkCounts();
    }),
    { numRuns: 100 },
  );
}, 60_000);

it("whatever others change, the next undisturbed refresh shows the table", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change), readings, async (first, all) => {
      const stage = createStage();
      for (const one of first) stage.apply(one);
      for (const [kind, pages] of all) {
        await stage.read(kind, pages);
        await stage.checkCounts();
      }
      await stage.read("refresh", []);
      expect(await stage.mirrored()).toEqual(stage.stored());
      await stage.checkCounts();
    }),
    { numRuns: 100 },
  );
}, 60_000);
