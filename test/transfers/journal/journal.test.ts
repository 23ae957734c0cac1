import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createJournal } from "../../../src/transfers/journal/create-journal.ts";
import { recordOf } from "../support/record-of.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});
afterEach(() => void vi.restoreAllMocks());

const digest = { size: 3, crc32: "AAAAAA==" };
const alice = { profile: "p", identity: "alice" };
const bob = { profile: "p", identity: "bob" };
const bytes = (text: string): ArrayBuffer => new TextEncoder().encode(text).slice().buffer;

function upload(uploadId: string, transferId: string) {
  return { uploadId, transferId, owner: alice, path: "a", size: 30, partSize: 10, created: 0 };
}

describe("journal", () => {
  it("keeps records in order, and the bytes of each until its end", async () => {
    const journal = createJournal();
    await journal.add([recordOf("02"), recordOf("01")]);
    await journal.putSegment("02", 0, new Blob(["two"]), digest);
    await journal.putSegment("02", 1, bytes("more"));
    await journal.putSegment("01", 0, bytes("one"));
    await journal.update([recordOf("01", { state: "uploading" })]);
    const reopened = createJournal();
    expect((await reopened.list()).map(({ id, state }) => `${id} ${state}`)).toEqual(["01 uploading", "02 queued"]);
    expect(await (await reopened.segment("02", 0))?.text()).toBe("two");
    expect(await (await reopened.segment("02", 1))?.text()).toBe("more");
    expect(await reopened.parts("02")).toEqual(new Map([[0, digest]]));
    await reopened.end([recordOf("02", { state: "done" })]);
    expect(await reopened.segment("02", 0)).toBeUndefined();
    expect(await reopened.segment("02", 1)).toBeUndefined();
    expect((await reopened.parts("02")).size).toBe(0);
    // Of another transfer nothing is lost.
    expect(await (await reopened.segment("01", 0))?.text()).toBe("one");
    await reopened.remove(["01"]);
    expect((await journal.list()).map(({ id }) => id)).toEqual(["02"]);
    expect(await journal.segment("01", 0)).toBeUndefined();
  });

  it("numbers parts as they are counted, not as they are spelled", async () => {
    const journal = createJournal();
    for (const number of [10, 2, 1]) await journal.putPart("01", number, { ...digest, size: number });
    await journal.putPart("011", 1, digest);
    expect([...(await journal.parts("01")).keys()]).toEqual([1, 2, 10]);
    await journal.dropBytes("01");
    expect((await journal.parts("01")).size).toBe(0);
    expect((await journal.parts("011")).size).toBe(1);
  });

  it("keeps what an archive holds until it is done: a cancelled one may be begun again", async () => {
    const journal = createJournal();
    const entries = [{ path: "a", name: "a", size: 1, etag: "e", modifiedAt: 0, segment: 0 }];
    await journal.add([recordOf("01", { kind: "archive" })], entries);
    await journal.end([recordOf("01", { kind: "archive", state: "cancelled" })]);
    expect(await journal.entries("01")).toEqual(entries);
    await journal.end([recordOf("01", { kind: "archive", state: "done" })]);
    expect(await journal.entries("01")).toEqual([]);
  });

  it("remembers what S3 may still hold, whatever becomes of the transfer", async () => {
    const journal = createJournal();
    await journal.noteUpload(upload("u1", "01"));
    await journal.noteUpload(upload("u2", "01"));
    await journal.remove(["01"]);
    expect((await journal.uploads()).map(({ uploadId }) => uploadId)).toEqual(["u1", "u2"]);
    await journal.forgetUpload("u1");
    expect((await journal.uploads()).map(({ uploadId }) => uploadId)).toEqual(["u2"]);
  });

  it("tells where bytes are to nobody but whose they are", async () => {
    const journal = createJournal();
    const where = { path: "a", etag: "e", at: 1 };
    await journal.noteKnown(alice, "f", where);
    await journal.noteKnown(bob, "g", where);
    expect(await journal.known(alice, "f")).toEqual(where);
    expect(await journal.known(bob, "f")).toBeUndefined();
    await journal.forgetKnown(alice);
    expect(await journal.known(alice, "f")).toBeUndefined();
    expect(await journal.known(bob, "g")).toEqual(where);
    await journal.forgetKnown({ profile: "p" });
    expect(await journal.known(bob, "g")).toBeUndefined();
  });

  it("says when there is no room, and then nothing of a transaction is left", async () => {
    const journal = createJournal();
    await journal.list();
    const put = IDBObjectStore.prototype.put;
    let calls = 0;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, ...input) {
      calls += 1;
      if (calls === 2) throw new DOMException("full", "QuotaExceededError");
      return put.apply(this, input);
    });
    await expect(journal.add([recordOf("01"), recordOf("02")])).rejects.toMatchObject({ code: "journal-full" });
    vi.restoreAllMocks();
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

  it("leaves out a record that it does not understand, and leaves it where it is", async () => {
    const journal = createJournal("j");
    await journal.add([recordOf("01")]);
    const db = await openDB("j");
    await db.put("records", { id: "00", kind: "teleport" });
    expect((await journal.list()).map(({ id }) => id)).toEqual(["01"]);
    expect(await db.get("records", "00")).toEqual({ id: "00", kind: "teleport" });
    db.close();
  });

  it("steps aside for a newer version", async () => {
    const journal = createJournal("j");
    await journal.add([recordOf("01")]);
    const newer = await openDB("j", 99);
    expect(newer.version).toBe(99);
    newer.close();
    // An older extension does not touch what a newer one wrote.
    await expect(journal.list()).rejects.toMatchObject({ code: "journal-damaged" });
  });
});

describe("a journal of the first version", () => {
  const MiB = 1024 ** 2;
  const old = (id: string, change: object = {}) => ({
    ...{ id, owner: alice, direction: "upload", path: "docs/a.txt", name: "a.txt", size: 5, contentType: "text/plain" },
    ...{ crc32: "AAAAAA==", ifExists: "keep-both", etag: null, state: "staged", unsure: false, saving: null },
    ...{ attempts: 2, renames: 1, error: null, created: 7, ...change },
  });

  async function filled(records: { id: string }[], blobs: Record<string, Blob>) {
    const db = await openDB("j", 1, {
      upgrade: (empty) => {
        empty.createObjectStore("records", { keyPath: "id" });
        empty.createObjectStore("blobs");
      },
    });
    for (const record of records) await db.put("records", record);
    for (const [id, blob] of Object.entries(blobs)) await db.put("blobs", blob, id);
    db.close();
    return createJournal("j");
  }

  it("keeps every byte and every intent", async () => {
    const saving = { downloadId: 4, url: "blob:1" };
    const failed = { code: "file-exists", facts: { subs: ["a.txt"] } };
    const journal = await filled(
      [
        old("01"),
        old("02", { state: "sending" }),
        old("03", { direction: "download", state: "saving", saving, size: 9, etag: '"e"' }),
        old("04", { state: "failed", error: failed }),
        old("05", { state: "done" }),
        old("06", { direction: "download", state: "fetching", size: 0 }),
      ],
      { "01": new Blob(["first"]), "02": new Blob(["secnd"]), "04": new Blob(["forth"]) },
    );
    expect(await journal.list()).toMatchObject([
      { id: "01", kind: "upload", state: "queued", staged: 5, size: 5, partSize: 0, ifExists: "keep-both", created: 7 },
      { id: "02", state: "uploading", unsure: true, staged: 5, attempts: 2, renames: 1 },
      { id: "03", kind: "download", state: "saving", saving, etag: '"e"', size: 9 },
      { id: "04", state: "failed", error: failed, staged: 5, ended: 7 },
      { id: "05", state: "done", staged: 0 },
      { id: "06", kind: "download", state: "fetching", staged: 0 },
    ]);
    for (const [id, text] of [
      ["01", "first"],
      ["02", "secnd"],
      ["04", "forth"],
    ] as const) {
      expect(await (await journal.segment(id, 0))?.text()).toBe(text);
    }
  });

  it("cuts a large upload into parts within its one segment", async () => {
    const size = 20 * MiB + 1;
    const journal = await filled([old("01", { size })], { "01": new Blob([new Uint8Array(size)]) });
    const [record] = await journal.list();
    expect(record).toMatchObject({ size, staged: size, partSize: 8 * MiB, state: "queued" });
    expect(record?.segmentSize).toBeGreaterThanOrEqual(size);
    expect((record?.segmentSize ?? 1) % 8).toBe(0);
    expect((await journal.segment("01", 0))?.size).toBe(size);
  });

  it("of a still earlier kind of record nothing is thrown away", async () => {
    const journal = await filled([{ id: "01" }], { "01": new Blob(["bytes"]) });
    expect(await journal.list()).toEqual([]);
    expect(await (await journal.segment("01", 0))?.text()).toBe("bytes");
  });
});
