import "../../ui/fake-extension.ts";
import { expect, test } from "vitest";
import { runAll } from "../../../src/app/files/deletion/run-all.ts";
import type { ErrorCode } from "../../../src/shared/error-codes.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";

const numbers = (length: number) => Array.from({ length }, (_, index) => index);
const always = { isWanted: () => true, onDone: () => {} };

/** Fails for some of them; what went through, and the most that ran at once. */
function worker(fails: (item: number) => ErrorCode | null) {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  const work = async (item: number) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setTimeout(resolve, 0));
    running -= 1;
    const code = fails(item);
    if (code !== null) throw new HoldallError(code, { subs: [String(item)] });
    done.push(item);
  };
  return { work, done, most: () => most };
}

test("all are done, a few at once", async () => {
  const { work, done, most } = worker(() => null);
  expect(await runAll(numbers(100), work, always)).toEqual({ failures: [], how: "all" });
  expect(done.sort((a, b) => a - b)).toEqual(numbers(100));
  expect(most()).toBe(6);
});

test("what fails stays and is counted by its reason, and the rest is done", async () => {
  const { work, done } = worker((item) => (item < 30 ? "access-denied" : item === 50 ? "file-changed" : null));
  let reported = 0;
  const { failures, how } = await runAll(numbers(100), work, { ...always, onDone: () => (reported += 1) });
  expect(how).toBe("all");
  expect(failures.map(({ number, error }) => [number, error.code])).toEqual([
    [30, "access-denied"],
    [1, "file-changed"],
  ]);
  expect(done).toHaveLength(69);
  expect(reported).toBe(100);
});

test("a cancel lets what is under way end and begins nothing more", async () => {
  const { work, done } = worker(() => null);
  const ending = await runAll(numbers(100), work, { ...always, isWanted: () => done.length < 12 });
  expect(ending.how).toBe("cancelled");
  expect(done.length).toBeGreaterThanOrEqual(12);
  expect(done.length).toBeLessThan(12 + 6);
});

test("a cancel after the last one began changes nothing", async () => {
  const { work, done } = worker(() => null);
  let wanted = true;
  const last = async (item: number) => {
    if (item === 9) wanted = false;
    await work(item);
  };
  expect((await runAll(numbers(10), last, { ...always, isWanted: () => wanted })).how).toBe("all");
  expect(done).toHaveLength(10);
});

test("without a network it ends soon; one that stumbles goes on", async () => {
  const lost = worker((item) => (item >= 20 ? "offline" : null));
  const ending = await runAll(numbers(10_000), lost.work, always);
  expect(ending.how).toBe("halted");
  expect(ending.failures[0]?.number).toBeLessThan(20);
  const shaky = worker((item) => (item % 5 === 0 ? "service-unavailable" : null));
  expect((await runAll(numbers(100), shaky.work, always)).how).toBe("all");
  expect(shaky.done).toHaveLength(80);
});

test("where nothing at all is allowed it does not try thousands", async () => {
  const refused = worker(() => "access-denied");
  const { failures, how } = await runAll(numbers(10_000), refused.work, always);
  expect(how).toBe("halted");
  expect(failures[0]?.number).toBeLessThan(60);
});
