/** A journal whose rows are not what was written: of a later version, or damaged. The rest goes on. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import fc from "fast-check";
import { openDB } from "idb";
import { beforeEach, describe, expect, it } from "vitest";
import { noTransfers } from "../../src/messaging/view.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";
import { HostFailure } from "../../src/transfers/host/host-link.ts";
import { createJournal } from "../../src/transfers/journal/create-journal.ts";
import { alice, createWorld, file, quiet, startTransfers } from "./support/control-world.ts";
import { recordOf } from "./support/record-of.ts";
import { expectDone, hostWith, run } from "./support/upload-checks.ts";
import { content, copied, createUploadWorld, recordIn, settle, uploadDeps } from "./support/upload-world.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** A journal that holds one good upload, and rows of a test. */
async function journalWithRows(rows: Partial<Record<"records" | "uploads" | "parts" | "known", unknown[]>>) {
  const journal = createJournal("j");
  await journal.add([recordOf("00", { name: "good.txt", path: "good.txt" })]);
  await journal.putSegment("00", 0, new Blob(["abc"]));
  const db = await openDB("j");
  for (const [store, values] of Object.entries(rows)) {
    for (const [index, value] of values.entries()) {
      await db.put(store, value, store === "parts" ? ["00", index + 1] : undefined);
    }
  }
  db.close();
  return journal;
}

const upload = {
  ...{ uploadId: "u", transferId: "gone", owner: alice, path: "a", size: 30, partSize: 10, created: 0 },
};

/** Things that stand where something else should. */
const oddities = [undefined, null, 0, -1, 1.5, Number.NaN, "", "x", [], {}, Number.POSITIVE_INFINITY];

describe("a damaged row", () => {
  const fields = Object.keys(recordOf("01")).filter((field) => field !== "id");
  const cases = fields.flatMap((field) => oddities.map((value) => [field, value] as const));

  it("of a transfer, whatever is wrong with it, keeps no other from going on", async () => {
    const world = createWorld();
    const records = cases.map(([field, value], index) => {
      return { ...recordOf(`01 ${index}`, { size: 20, staged: 0, state: "staging" }), [field]: value };
    });
    const transfers = startTransfers(world, { journal: await journalWithRows({ records }) });
    await transfers.resume();
    await transfers.publish();
    expect(await transfers.settled("00")).toMatchObject({ state: "done" });
    await quiet();
    expect(world.view.problem).toBeNull();
    const { rows } = await transfers.list({ limit: 1000 });
    expect(rows.map(({ id }) => id)).toContain("00");
  });

  it("of a multipart upload keeps neither list nor clean-up from working", async () => {
    const damaged = Object.keys(upload)
      .filter((field) => field !== "uploadId")
      .flatMap((field) =>
        oddities.map((value, index) => ({ ...upload, uploadId: `${field}${index}`, [field]: value })),
      );
    const world = createWorld();
    const transfers = startTransfers(world, { journal: await journalWithRows({ uploads: damaged }) });
    await transfers.resume();
    await expect(transfers.cleanUp()).resolves.toBeDefined();
    await transfers.publish();
    await quiet();
    expect(world.view).not.toBe(noTransfers);
    expect(await transfers.settled("00")).toMatchObject({ state: "done" });
  });

  it("of a part is none: it is read again", async () => {
    const damaged = oddities.flatMap((value) => [
      { size: value, crc32: "AAAAAA==" },
      { size: 3, crc32: value },
    ]);
    // One of the oddities is a digest after all: that of no bytes.
    const odd = damaged.filter((row) => row.size !== 0);
    const rows = [...odd, ...oddities, { size: 3, crc32: "AAAAAA==" }].filter((row) => row !== undefined);
    const journal = await journalWithRows({ parts: rows });
    const parts = await journal.parts("00");
    expect([...parts.entries()]).toEqual([[rows.length, { size: 3, crc32: "AAAAAA==" }]]);
  });

  it("of any kind is left where it is", async () => {
    const junk = fc.dictionary(fc.string(), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(junk, async (row) => {
        globalThis.indexedDB = new IDBFactory();
        const damaged = { ...row, id: "01" };
        const journal = await journalWithRows({ records: [damaged] });
        expect((await journal.list()).map(({ id }) => id)).toEqual(["00"]);
        const db = await openDB("j");
        expect(await db.get("records", "01")).toEqual(damaged);
        db.close();
      }),
      { numRuns: 20 },
    );
  });
});

describe("bytes that the journal has lost", () => {
  it.each(["0", "1", "4", "all"])(
    "of an upload (segment %s) are asked for again, and nothing is left open",
    async (which) => {
      const world = createUploadWorld();
      const bytes = content(95);
      copied(world, "a", bytes);
      for (const key of [...world.disk.segments.keys()]) {
        if (which === "all" || key === `a ${which}`) world.disk.segments.delete(key);
      }
      const transfers = await run(world);
      expect(recordIn(world, "a")).toMatchObject({ state: "failed", error: { code: "file-unreadable" } });
      expect([world.s3.uploads.size, world.disk.uploads.size, world.s3.objects.size]).toEqual([0, 0, 0]);
      await transfers.retry("all");
      expect(recordIn(world, "a")).toMatchObject({ state: "waiting", error: { code: "file-needed" } });
      await transfers.provide("a", new Blob([bytes]));
      await settle(world);
      expectDone(world);
    },
  );

  it("of parts that were summed are read again", async () => {
    const world = createUploadWorld();
    copied(world, "a", content(95));
    const { host } = uploadDeps(world);
    world.online = false;
    let left = 5;
    const put: typeof host.put = (input, watch) =>
      left-- > 0 ? host.put(input, watch) : Promise.reject(new HostFailure("network"));
    await run(world, hostWith(world, { put }));
    world.disk.parts.clear();
    world.online = true;
    const { received } = world.s3;
    await run(world);
    expectDone(world);
    expect(world.s3.received - received).toBe(45);
  });
});

describe("a journal that cannot be read", () => {
  it("says so, takes nothing, and goes on once it can", async () => {
    const world = createWorld();
    const journal = createJournal("j");
    let damaged = true;
    const list = () => (damaged ? Promise.reject(new HoldallError("journal-damaged")) : journal.list());
    const transfers = startTransfers(world, { journal: { ...journal, list } });
    await expect(transfers.resume()).rejects.toMatchObject({ code: "journal-damaged" });
    const input = { file: file("abc"), path: "a.txt", ifExists: "fail" } as const;
    await expect(transfers.uploadAll([input])).rejects.toMatchObject({ code: "journal-damaged" });
    await quiet();
    expect(world.view.problem).toMatchObject({ code: "journal-damaged" });
    damaged = false;
    const { ids } = await transfers.uploadAll([input]);
    expect(await transfers.settled(ids[0] ?? "")).toMatchObject({ state: "done" });
    expect(world.view.problem).toBeNull();
  });
});
