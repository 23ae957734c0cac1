/** What people and networks come up with, with the real host against the local AWS: the bytes in S3 are the judge. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { objectKey } from "../../src/aws/keys.ts";
import { noTransfers, type TransfersView } from "../../src/messaging/view.ts";
import { createHeartbeat } from "../../src/transfer-host/heartbeat.ts";
import { createHost } from "../../src/transfer-host/host.ts";
import { createTransfers } from "../../src/transfers/create-transfers.ts";
import { transferRuns } from "../../src/transfers/transfer-runs.ts";
import type { TransferDeps, UploadInput } from "../../src/transfers/transfers.ts";
import { type LocalWorld, type Person, startLocalWorld } from "../aws/support/local-world.ts";
import { type StandIn, startStandIn } from "../support/stand-in.ts";
import { createDisk, memoryJournal } from "./support/memory-journal.ts";
import { sendByFetch } from "./support/send-by-fetch.ts";

// Other tests want the processor too.
vi.setConfig({ testTimeout: 60_000 });

const MiB = 1024 ** 2;
let aws: LocalWorld;
let alice: Person;
let standIn: StandIn;

beforeAll(async () => {
  aws = await startLocalWorld();
  alice = await aws.person("alice");
  standIn = await startStandIn({ to: aws.profile.endpoints?.s3 ?? "" });
}, 60_000);
afterAll(async () => {
  await standIn.close();
  await aws.close();
});
afterEach(() => aws.control("DELETE", "/faults"));

const contentOf = (size: number, seed = 0) =>
  new Uint8Array(size).map((_, index) => (index * 31 + (index >>> 9) + seed) & 255);

/** One life of the background. @param put what happens before each PUT */
function start(person = alice, change: Partial<TransferDeps> = {}, put = async () => {}) {
  const disk = createDisk();
  const journal = memoryJournal(disk);
  const heartbeat = createHeartbeat();
  const honest = createHost({ journal, fetch, heartbeat, rereadSources: true, sendByXhr: sendByFetch });
  const unused = () => Promise.reject(new Error("not part of this test"));
  const shown = { view: noTransfers as TransfersView };
  const deps: TransferDeps = {
    ...{ journal, host: { ...honest, put: (...input) => put().then(() => honest.put(...input)) } },
    storage: () => person.storage.files,
    identity: () => person.identity,
    renew: () => person.storage.items.list({}),
    owner: () => ({ profile: "p", identity: person.identity }),
    checkPath: objectKey,
    checkReach: async () => undefined,
    sendOnce: () => false,
    room: async () => Number.POSITIVE_INFINITY,
    downloads: { start: unused, find: async () => null, finish: unused },
    stored: () => undefined,
    changed: (view) => {
      shown.view = view;
    },
    now: () => Date.now(),
    random: () => 0.5,
    online: () => true,
    pause: () => new Promise((resolve) => setTimeout(resolve, 5)),
    ...change,
  };
  const transfers = createTransfers(deps, transferRuns);
  const upload = async (path: string, bytes: Uint8Array<ArrayBuffer>, ifExists: UploadInput["ifExists"] = "fail") => {
    const { ids } = await transfers.uploadAll([{ file: new Blob([bytes]), path, ifExists }]);
    return await transfers.settled(ids[0] ?? "");
  };
  return { transfers, disk, journal, shown, upload };
}

async function read(path: string): Promise<Buffer> {
  const { url, headers } = await alice.storage.files.signGet({ path });
  const answer = await fetch(url, { headers });
  expect([path, answer.status]).toEqual([path, 200]);
  return Buffer.from(await answer.arrayBuffer());
}

/** `toEqual` takes seconds for so many numbers. */
async function expectThere(path: string, bytes: Uint8Array): Promise<void> {
  expect(Buffer.compare(await read(path), bytes)).toBe(0);
}

const openUploads = async () => (await aws.control("GET", "/uploads")) as { key: string }[];

const names = [
  ...["%2e%2e", "%2F", "100%.txt", "a+b c.txt", "a#b?c=d&e.txt", "back\\slash.txt", "trailing.", "trailing ", "..."],
  ...[
    "e\u0301.txt",
    "\u00e9.txt",
    "\u202eexe.txt",
    "שלום.txt",
    "👩‍👩‍👧‍👦.png",
    "'quotes\"<>&.xml",
    "~!*'();:@=$,[]",
    "\ufeffbom",
  ],
  ...[`${"界".repeat(300)}.txt`, "x".repeat(1000)],
];

describe("names", () => {
  it("of any kind come back as they went, in one PUT and in parts", async () => {
    const { transfers, upload } = start();
    const inputs = names.map((name) => {
      return { file: new Blob([`of ${name}`]), path: `n/${name}`, ifExists: "fail" as const };
    });
    const { ids, refused } = await transfers.uploadAll(inputs);
    expect(refused).toEqual([]);
    for (const [index, id] of ids.entries()) {
      expect([names[index], await transfers.settled(id)]).toMatchObject([names[index], { state: "done" }]);
      expect((await read(`n/${names[index]}`)).toString()).toBe(`of ${names[index]}`);
    }
    const { files } = await alice.storage.files.list({ prefix: "n/", flat: true });
    expect(files.map(({ path }) => path).sort()).toEqual(names.map((name) => `n/${name}`).sort());
    const bytes = contentOf(8 * MiB + 1);
    const path = "parts/%2e%2e +#?\\é\u202e👩‍👩‍👧‍👦. ";
    expect(await upload(path, bytes)).toMatchObject({ state: "done", path });
    await expectThere(path, bytes);
    expect(await openUploads()).toEqual([]);
  });

  it("that cannot be are refused one by one, and thousands of others go on", async () => {
    const { transfers, disk } = start();
    const bad = [
      ["..", "name-dot-segment"],
      ["f/./a", "name-dot-segment"],
      ["/abs", "name-leading-slash"],
      ["f//a", "name-empty"],
      ["f/", "name-empty"],
      ["", "name-empty"],
      ["tab\there", "name-control-character"],
      ["nul\0", "name-control-character"],
      ["half \ud83d", "name-malformed"],
      ["x".repeat(1025), "name-too-long"],
    ] as const;
    const good = Array.from({ length: 2000 }, (_, index) => `f/${index}`);
    // Bad ones among the good.
    const paths = good.flatMap((path, index) => (index % 200 === 0 ? [bad[index / 200]?.[0] ?? path, path] : [path]));
    const { ids, refused } = await transfers.uploadAll(
      paths.map((path) => ({ file: new Blob([path.slice(0, 9)]), path, ifExists: "fail" })),
    );
    expect(refused.map(({ index, error }) => [paths[index], error.code])).toEqual(bad);
    expect(ids).toHaveLength(good.length);
    for (const id of ids) expect((await transfers.settled(id))?.state).toBe("done");
    for (const path of ["f/0", "f/1999"]) expect((await read(path)).toString()).toBe(path);
    expect([disk.segments.size, disk.parts.size]).toEqual([0, 0]);
  });
});

describe("sizes", () => {
  it.each([
    [8 * MiB - 1, 0],
    [8 * MiB, 0],
    [8 * MiB + 1, 2],
    [16 * MiB, 2],
  ])("of %i bytes go in %i parts", async (size, parts) => {
    const bytes = contentOf(size);
    await aws.control("DELETE", "/requests");
    expect(await start().upload(`s/${size}`, bytes)).toMatchObject({ state: "done" });
    const log = (await aws.control("GET", "/requests")) as { operation: string }[];
    expect(log.filter(({ operation }) => operation === "UploadPart")).toHaveLength(parts);
    await expectThere(`s/${size}`, bytes);
  });
});

describe("two devices", () => {
  it.each([
    ["fail", "failed", "both.bin"],
    ["keep-both", "done", "both (2).bin"],
    ["replace", "done", "both.bin"],
  ] as const)("with one name at once: the slower one asked for %s", async (ifExists, state, path) => {
    const [slow, fast] = [contentOf(8 * MiB + 1, 1), contentOf(100, 2)];
    let puts = 0;
    const other = start();
    const device = start(alice, {}, async () => {
      if (++puts === 2) expect(await other.upload(`${ifExists}/both.bin`, fast)).toMatchObject({ state: "done" });
    });
    expect(await device.upload(`${ifExists}/both.bin`, slow, ifExists)).toMatchObject({
      ...{ state, path: `${ifExists}/${path === "both.bin" ? "both.bin" : path}` },
      error: state === "failed" ? { code: "file-exists" } : null,
    });
    await expectThere(`${ifExists}/both.bin`, ifExists === "replace" ? slow : fast);
    if (ifExists === "keep-both") await expectThere(`${ifExists}/${path}`, slow);
    expect(await openUploads()).toEqual([]);
  });

  it("with one name and equal bytes at once are told from each other", async () => {
    const bytes = contentOf(8 * MiB + 1, 3);
    const outcomes = await Promise.all([start().upload("same.bin", bytes), start().upload("same.bin", bytes)]);
    expect(outcomes.map((outcome) => outcome?.state).sort()).toEqual(["done", "failed"]);
    await expectThere("same.bin", bytes);
    await expect.poll(openUploads).toEqual([]);
  });
});

describe("a network that answers everything with a page of its own", () => {
  /** alice, for whom the page may stand where S3 should be. */
  const behind = () => {
    const { endpoints } = aws.profile;
    return aws.person("alice", { ...(endpoints && { endpoints: { ...endpoints, s3: standIn.origin } }) });
  };

  it.each([200, 302, 403, 404, 503])("with status %i: nothing is said to be done, and later it is", async (html) => {
    const person = await behind();
    let puts = 0;
    const { transfers, shown, disk } = start(person, {}, async () => {
      if (++puts === 2) await standIn.become({ html });
    });
    const [large, small] = [contentOf(24 * MiB + 1), contentOf(10)];
    const { ids } = await transfers.uploadAll([
      { file: new Blob([large]), path: `portal/${html}/large`, ifExists: "fail" },
    ]);
    const waits = { state: "waiting", waitsFor: "network" };
    await expect.poll(() => shown.view.rows[0], { timeout: 20_000 }).toMatchObject(waits);
    const later = await transfers.uploadAll([
      { file: new Blob([small]), path: `portal/${html}/small`, ifExists: "fail" },
    ]);
    const waiting = () => shown.view.rows.map(({ state }) => state);
    await expect.poll(waiting, { timeout: 20_000 }).toEqual(["waiting", "waiting"]);
    expect(disk.uploads.size).toBe(1);
    await standIn.become({ to: aws.profile.endpoints?.s3 ?? "" });
    await aws.control("DELETE", "/requests");
    await transfers.resume();
    for (const id of [...ids, ...later.ids]) expect(await transfers.settled(id)).toMatchObject({ state: "done" });
    await expectThere(`portal/${html}/large`, large);
    await expectThere(`portal/${html}/small`, small);
    const log = (await aws.control("GET", "/requests")) as { operation: string }[];
    expect(log.map(({ operation }) => operation)).not.toContain("CreateMultipartUpload");
    expect(await openUploads()).toEqual([]);
  });

  it("does not make anybody forget an upload that S3 still has", async () => {
    const person = await behind();
    const never = new Promise<void>(() => undefined);
    const { transfers, disk } = start(person, {}, () => never);
    await transfers.uploadAll([{ file: new Blob([contentOf(9 * MiB)]), path: "left.bin", ifExists: "fail" }]);
    await expect.poll(() => disk.uploads.size, { timeout: 10_000 }).toBe(1);
    for (const html of [200, 403, 404]) {
      await standIn.become({ html });
      await transfers.cancel("all");
      expect(await transfers.cleanUp()).toEqual({ aborted: 0, left: 1 });
    }
    await standIn.become({ to: aws.profile.endpoints?.s3 ?? "" });
    // Or the cancelled run itself has aborted it meanwhile: it tries again, too.
    expect(await transfers.cleanUp()).toMatchObject({ left: 0 });
    expect(await openUploads()).toEqual([]);
  });
});
