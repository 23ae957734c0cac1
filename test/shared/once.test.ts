import { expect, test, vi } from "vitest";
import { once } from "../../src/shared/once.ts";

test("any number of callers get what was made once", async () => {
  const make = vi.fn(async () => ({}));
  const get = once(make);
  const [first, second] = await Promise.all([get(), get()]);
  expect(second).toBe(first);
  expect(await get()).toBe(first);
  expect(make).toHaveBeenCalledTimes(1);
});

test("who waits for a failure hears of it, and the next call tries again", async () => {
  const make = vi.fn(async () => "made");
  make.mockRejectedValueOnce(new Error("not yet"));
  const get = once(make);
  const both = await Promise.allSettled([get(), get()]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await get()).toBe("made");
  expect(make).toHaveBeenCalledTimes(2);
});
