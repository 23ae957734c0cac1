import fc from "fast-check";
import { expect, test } from "vitest";
import { ItemLocks } from "../../../local/dynamodb/item-locks.ts";

test("whoever holds a key holds it alone, and everybody gets a turn", async () => {
  const holders = fc.array(fc.uniqueArray(fc.constantFrom("a", "b", "c", "d"), { minLength: 1 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), holders, async (scheduler, wanted) => {
      const locks = new ItemLocks();
      const held = new Set<string>();
      let done = 0;
      const all = wanted.map((keys) =>
        locks.hold(keys, async () => {
          for (const key of keys) {
            expect(held.has(key)).toBe(false);
            held.add(key);
          }
          await scheduler.schedule(Promise.resolve());
          for (const key of keys) held.delete(key);
          done += 1;
        }),
      );
      await scheduler.waitFor(Promise.all(all));
      expect(done).toBe(wanted.length);
    }),
  );
});

test("work that fails gives its keys back", async () => {
  const locks = new ItemLocks();
  await expect(locks.hold(["a"], () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await locks.hold(["a"], async () => "next")).toBe("next");
});
