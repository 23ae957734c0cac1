import "../ui/fake-extension.ts";
import { expect, test } from "vitest";
import { createListing } from "../../src/app/listing.ts";
import { HoldallError } from "../../src/shared/holdall-error.ts";

const pages: Record<string, { rows: number[]; cursor: string | null }> = {
  first: { rows: [1, 2], cursor: "second" },
  second: { rows: [], cursor: "third" },
  third: { rows: [3], cursor: null },
};

test("pages follow each other, an empty one in between too", async () => {
  const listing = createListing(async (cursor = "first") => pages[cursor] ?? { rows: [], cursor: null });
  expect(listing.state.value).toBe("loading");
  await listing.reload();
  expect([listing.rows.value, listing.unfinished.value]).toEqual([[1, 2], true]);
  await listing.loadMore();
  expect([listing.rows.value, listing.unfinished.value]).toEqual([[1, 2], true]);
  await listing.loadMore();
  expect([listing.rows.value, listing.unfinished.value]).toEqual([[1, 2, 3], false]);
  await listing.loadMore();
  expect(listing.rows.value).toEqual([1, 2, 3]);
});

test("an answer that a reload has overtaken is dropped", async () => {
  const answers: ((page: { rows: number[]; cursor: null }) => void)[] = [];
  const listing = createListing<number>(() => new Promise((resolve) => answers.push(resolve)));
  const slow = listing.reload();
  const quick = listing.reload();
  answers[1]?.({ rows: [2], cursor: null });
  answers[0]?.({ rows: [1], cursor: null });
  await Promise.all([slow, quick]);
  expect(listing.rows.value).toEqual([2]);
  expect(listing.state.value).toBe("ready");
});

test("what was there stays when loading again fails, and the failure shows", async () => {
  let fails = false;
  const listing = createListing(async () => {
    if (fails) throw new HoldallError("offline");
    return { rows: [1], cursor: null };
  });
  await listing.reload();
  fails = true;
  await listing.reload();
  expect([listing.rows.value, listing.error.value?.code]).toEqual([[1], "offline"]);
  fails = false;
  await listing.reload();
  expect(listing.error.value).toBeNull();
});

test("what failed is asked for again: the next page, or all from the first", async () => {
  const asked: string[] = [];
  let fails = false;
  const listing = createListing(async (cursor = "first") => {
    asked.push(cursor);
    if (fails) throw new HoldallError("timeout");
    return pages[cursor] ?? { rows: [], cursor: null };
  });
  await listing.reload();
  fails = true;
  await listing.loadMore();
  fails = false;
  await listing.retry();
  await listing.loadMore();
  expect([listing.rows.value, listing.error.value]).toEqual([[1, 2, 3], null]);
  fails = true;
  await listing.reload();
  fails = false;
  await listing.retry();
  expect([listing.rows.value, listing.error.value]).toEqual([[1, 2], null]);
  expect(asked).toEqual(["first", "second", "second", "third", "first", "first"]);
});

test("two calls for more at once ask once", async () => {
  let asked = 0;
  const listing = createListing(async (cursor) => {
    asked += 1;
    return { rows: [asked], cursor: cursor === undefined ? "more" : null };
  });
  await listing.reload();
  await Promise.all([listing.loadMore(), listing.loadMore()]);
  expect(asked).toBe(2);
  expect(listing.rows.value).toEqual([1, 2]);
});
