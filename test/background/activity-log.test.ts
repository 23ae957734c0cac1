/** How much is kept, and what the end of the background leaves of it. */
import fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import {
  type ActivityLog,
  chunkCount,
  chunkSize,
  createActivityLog,
} from "../../src/background/activity/activity-log.ts";
import { packChunk, unpackChunk } from "../../src/background/activity/pack-chunk.ts";
import { type ActivityEntry, activityServices } from "../../src/shared/activity.ts";

const most = chunkSize * chunkCount;
let values: Map<string, unknown>;
let reads: number;
let writes: number;
const area = {
  async get(key: string) {
    reads += 1;
    return structuredClone(values.get(key));
  },
  async set(key: string, value: unknown) {
    writes += 1;
    values.set(key, structuredClone(value));
  },
  async remove(keys: string[]) {
    for (const key of keys) values.delete(key);
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  values = new Map([["session/p", "another's value"]]);
  reads = 0;
  writes = 0;
  return () => vi.useRealTimers();
});

const moment = () => vi.advanceTimersByTimeAsync(300);
const entry: Omit<ActivityEntry, "n" | "at" | "ms"> = {
  ...{ profile: "f".repeat(64), service: "s3", action: "CompleteMultipartUpload" },
  ...{ host: "acme-beta-user-files.s3.eu-central-1.amazonaws.com", status: 200, error: null },
  ...{ sent: 8_388_608, received: 123_456, requestId: "4KBNVRGD25RG1KEO9UT4V3FQDJVV4KQNSO5AEMVJF66Q9ASUAAJG" },
};
const begin = (activity: ActivityLog, more: Partial<ActivityEntry> = {}) =>
  activity.begin({ url: "https://files.example/" }, "s3", { ...entry, ...more });
const size = () => JSON.stringify([...values]).length;

test("nothing is read or written before the first entry, and a hundred at once cost two writes", async () => {
  const activity = createActivityLog(area);
  await moment();
  expect([reads, writes]).toEqual([0, 0]);
  for (let count = 0; count < 100; count++) begin(activity)({});
  expect(reads).toBe(0);
  await moment();
  expect([reads, writes]).toEqual([chunkCount, 2]);
});

test("2,000 are the most, in far less than 400 KB, and it is said how many went", async () => {
  const activity = createActivityLog(area);
  for (let round = 0; round < 45; round++) {
    for (let count = 0; count < chunkSize; count++) begin(activity)({});
    await moment();
    const { entries } = await activity.list(0);
    expect(entries.length).toBeLessThanOrEqual(most);
  }
  const { entries, dropped, newest } = await activity.list(0);
  expect(newest).toBe(4500);
  expect(entries.length).toBeGreaterThan(most - chunkSize);
  expect(dropped + entries.length).toBe(newest);
  expect(entries.map(({ n }) => n)).toEqual(entries.map((_, index) => dropped + 1 + index));
  expect(size()).toBeLessThan(400_000);
  expect([...values.keys()].filter((key) => key.startsWith("activity/"))).toHaveLength(chunkCount);
});

test("even the longest entries stay within a bound", async () => {
  const activity = createActivityLog(area);
  const longest = { requestId: "i".repeat(64) };
  for (let count = 0; count < 3000; count++) begin(activity, longest)({ host: `${count}`.padStart(253, "h") });
  await moment();
  expect(size()).toBeLessThan(1_000_000);
});

test("the next life of the background goes on where the last one ended, however often it ends", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 350 }), { maxLength: 12 }), async (lives) => {
      values = new Map();
      const before = createActivityLog(area);
      await before.list(0);
      let all = 0;
      for (const count of lives) {
        const activity = createActivityLog(area);
        for (let index = 0; index < count; index++) begin(activity, { sent: all + index })({});
        await moment();
        all += count;
      }
      const { entries, newest, dropped } = await createActivityLog(area).list(0);
      expect(newest).toBe(all);
      expect(entries.map(({ n, sent }) => [n, sent])).toEqual(
        Array.from({ length: all - dropped }, (_, index) => [dropped + index + 1, dropped + index]),
      );
    }),
    { numRuns: 25 },
  );
});

test("what is known later is kept too", async () => {
  const activity = createActivityLog(area);
  const end = begin(activity, { received: null });
  end({ status: 200 });
  await moment();
  end({ received: 77 });
  await moment();
  expect((await createActivityLog(area).list(0)).entries).toMatchObject([{ n: 1, status: 200, received: 77 }]);
});

test("only what is newer is listed", async () => {
  const activity = createActivityLog(area);
  for (let count = 0; count < 5; count++) begin(activity)({});
  expect((await activity.list(3)).entries.map(({ n }) => n)).toEqual([4, 5]);
  expect(await activity.list(5)).toMatchObject({ entries: [], newest: 5, dropped: 0 });
});

test("clearing leaves nothing, and numbers begin anew", async () => {
  const activity = createActivityLog(area);
  for (let count = 0; count < 250; count++) begin(activity)({});
  await moment();
  const end = begin(activity);
  end({});
  await activity.clear();
  end({ received: 1 });
  await moment();
  expect([...values.keys()]).toEqual(["session/p"]);
  begin(activity)({});
  expect(await activity.list(0)).toMatchObject({ entries: [{ n: 1 }], newest: 1, dropped: 0 });
});

test("a storage that cannot be written loses nothing of this life", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const full = { ...area, set: vi.fn(area.set).mockRejectedValueOnce(new Error("full")) };
  const activity = createActivityLog(full);
  for (let count = 0; count < chunkSize; count++) begin(activity)({});
  await moment();
  expect(values.has("activity/0")).toBe(false);
  begin(activity)({});
  await moment();
  const { entries } = await createActivityLog(area).list(0);
  expect(entries.map(({ n }) => n)).toEqual(Array.from({ length: chunkSize + 1 }, (_, index) => index + 1));
  warn.mockRestore();
});

test("what cannot be read of the last life is left, and the list goes on", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  values.set("activity/3", { rows: "damaged" });
  const activity = createActivityLog(area);
  begin(activity)({});
  await moment();
  expect(await activity.list(0)).toMatchObject({ entries: [{ n: 1 }], newest: 1 });
  expect(unpackChunk(values.get("activity/0"))).toMatchObject([{ n: 1 }]);
  warn.mockRestore();
});

test("any entry comes back as it was", () => {
  const text = fc.option(fc.string({ maxLength: 100 }));
  const number = fc.option(fc.nat());
  const any: fc.Arbitrary<ActivityEntry> = fc.record({
    ...{ n: fc.nat(), at: fc.nat(), ms: fc.nat(), profile: text, host: fc.string(), action: fc.string() },
    ...{ service: fc.constantFrom(...activityServices), status: number, error: text, sent: number, received: number },
    requestId: text,
  });
  fc.assert(
    fc.property(fc.array(any), (all) => {
      expect(unpackChunk(packChunk(all))).toEqual(all);
    }),
  );
});
