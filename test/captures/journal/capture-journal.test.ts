import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, describe, expect, it } from "vitest";
import { createCaptureJournal } from "../../../src/captures/journal/capture-journal.ts";
import { record } from "../records.ts";

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** As the first version left it. */
async function firstVersion(rows: object[]): Promise<void> {
  const db = await openDB("holdall-captures", 1, {
    upgrade: (fresh) => void fresh.createObjectStore("intents", { keyPath: "id" }),
  });
  for (const row of rows) await db.put("intents", row);
  db.close();
}

const old = {
  ...{ id: "01JD0000000000000000000001", owner: { profile: "p", identity: "alice" }, at: 5 },
  ...{ srcUrl: "https://x.test/door.png", pageUrl: "https://x.test/", title: "Doors", stage: "asked", described: null },
};
const described = { path: "captures/a.png", type: "image/png", size: 3, sha256: "ab", dimensions: null };

describe("the journal of the first version", () => {
  it("goes on as this one's", async () => {
    const uploading = { ...old, id: "01JD0000000000000000000002", stage: "uploading", described };
    await firstVersion([old, uploading, { id: "nonsense" }, { ...old, id: "01JD0000000000000000000003", owner: 1 }]);
    const journal = createCaptureJournal();
    expect((await journal.list()).slice(0, 2)).toMatchObject([
      ...[{ id: old.id, state: "asked", identity: "alice", request: { kind: "image", url: old.srcUrl } }],
      ...[{ state: "uploading", key: uploading.id, path: "captures/a.png", described: { extension: "png", size: 3 } }],
    ]);
    await journal.keep(record({ id: "01JD0000000000000000000009" }), new Blob(["abc"]));
    expect(await (await journal.bytes("01JD0000000000000000000009"))?.text()).toBe("abc");
  });
});

it("record and bytes go together, and nothing of them stays", async () => {
  const journal = createCaptureJournal();
  const one = record();
  await journal.keep(one, new Blob(["abc"]));
  await journal.release({ ...one, state: "uploading" });
  expect([(await journal.list())[0]?.state, await journal.bytes(one.id)]).toEqual(["uploading", null]);
  await journal.keep(one, new Blob(["abc"]));
  await journal.remove([one.id]);
  expect([await journal.list(), await journal.bytes(one.id)]).toEqual([[], null]);
});

it("counts up per profile, and forgets what belongs to one", async () => {
  const journal = createCaptureJournal();
  expect([await journal.count("p"), await journal.count("p"), await journal.count("q")]).toEqual([1, 2, 1]);
  await journal.setLastPerson("p", "alice");
  await journal.forgetProfile("p");
  expect([await journal.count("p"), await journal.lastPerson("p"), await journal.count("q")]).toEqual([1, null, 2]);
});

it("says that it cannot be opened", async () => {
  globalThis.indexedDB = {
    open: () => {
      throw new Error("damaged");
    },
  } as unknown as IDBFactory;
  await expect(createCaptureJournal().list()).rejects.toMatchObject({ code: "journal-damaged" });
});
