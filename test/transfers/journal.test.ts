import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createJournal } from "../../src/transfers/journal.ts";
import type { TransferRecord } from "../../src/transfers/record.ts";

const record = (id: string): TransferRecord => ({
  ...{
    id,
    owner: { profile: "p", identity: "i" },
    direction: "upload",
    path: "a",
    name: "a",
    size: 3,
    contentType: "",
  },
  ...{ crc32: null, ifExists: "fail", etag: null, state: "staged", unsure: false, saving: null, attempts: 0 },
  ...{ renames: 0, error: null, created: 0 },
});

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => void vi.restoreAllMocks());

describe("journal", () => {
  it("keeps records in order and bytes until the end", async () => {
    const journal = createJournal();
    await journal.add(record("02"), new Blob(["two"]));
    await journal.add(record("01"), new Blob(["one"]));
    await journal.update({ ...record("01"), state: "sending" });
    const reopened = createJournal();
    expect((await reopened.list()).map(({ id, state }) => `${id} ${state}`)).toEqual(["01 sending", "02 staged"]);
    expect(await (await reopened.bytes("02"))?.text()).toBe("two");
    await reopened.end({ ...record("02"), state: "done" });
    expect(await reopened.bytes("02")).toBeUndefined();
    await reopened.remove(["01"]);
    expect((await journal.list()).map(({ id }) => id)).toEqual(["02"]);
    expect(await journal.bytes("01")).toBeUndefined();
  });

  it("says when there is no room", async () => {
    const journal = createJournal();
    await journal.list();
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await expect(journal.add(record("01"), new Blob(["x"]))).rejects.toMatchObject({ code: "journal-full" });
    vi.restoreAllMocks();
    // Nothing of the failed pair was left.
    expect(await journal.list()).toEqual([]);
  });

  it("says when it cannot be opened, and opens once it can", async () => {
    const journal = createJournal();
    const open = vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("damaged", "UnknownError");
    });
    await expect(journal.list()).rejects.toMatchObject({ code: "journal-damaged" });
    open.mockRestore();
    expect(await journal.list()).toEqual([]);
  });

  it("steps aside for a newer version", async () => {
    const journal = createJournal("j");
    await journal.add(record("01"), null);
    const newer = await openDB("j", 99);
    expect(newer.version).toBe(99);
    newer.close();
    // An older extension does not touch what a newer one wrote.
    await expect(journal.list()).rejects.toMatchObject({ code: "journal-damaged" });
  });
});
