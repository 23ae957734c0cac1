import { expect, test } from "vitest";
import type { SiteDay } from "../../src/messaging/sites-view.ts";
import type { SiteGrant } from "../../src/shared/site/site-grant.ts";
import { createDayLimit } from "../../src/sites/day-limit.ts";
import type { GrantBook } from "../../src/sites/grant-book.ts";

const alice = { profile: "p", identity: "alice" };
const now = Date.UTC(2026, 10, 28, 18);
const grant: SiteGrant = {
  ...{ origin: "https://notes.example", files: "write", items: "write", folder: null, ownItems: false, until: null },
  ...{ paused: false, limits: { requestsPerMinute: 600, bytesPerDay: 1000 }, grantedAt: 1 },
};

function limitAt(days: Partial<SiteDay>[]) {
  const book = { use: async () => days as SiteDay[] } as Pick<GrantBook, "use"> as GrantBook;
  return createDayLimit(book, () => now);
}

const overLimit = expect.objectContaining({
  fault: { code: "over-limit", message: expect.any(String), detail: "bytes", retryAfter: 6 * 3_600_000 },
});

test("what was moved today counts with what is about to be", async () => {
  const limit = limitAt([
    { day: "2026-11-28", read: 300, written: 400 },
    { day: "2026-11-27", read: 9000, written: 0 },
  ]);
  await limit.check(alice, grant, 300);
  await expect(limit.check(alice, grant, 301)).rejects.toEqual(overLimit);
});

test("of those that come at once, each counts the others; what ended leaves its room", async () => {
  const limit = limitAt([]);
  const ends: (() => void)[] = [];
  const put = () => limit.holding(alice, grant, 400, () => new Promise<void>((resolve) => ends.push(resolve)));
  const all = [put(), put(), put().catch((error: unknown) => error)];
  expect(await all[2]).toEqual(overLimit);
  // Another person has their own.
  await limit.holding({ ...alice, identity: "bob" }, grant, 1000, async () => undefined);
  for (const end of ends) end();
  await Promise.all(all);
  await limit.check(alice, grant, 1000);
});

test("a day that is used up lets nothing through, however small", async () => {
  await expect(limitAt([{ day: "2026-11-28", read: 1000, written: 0 }]).check(alice, grant, 0)).rejects.toEqual(
    overLimit,
  );
});

test("work that fails leaves its room too", async () => {
  const limit = limitAt([]);
  await expect(limit.holding(alice, grant, 1000, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  await limit.check(alice, grant, 1000);
});
