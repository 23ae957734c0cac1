import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createAutosave } from "../../../src/ui/captures/autosave.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Writes that end when the test says so. */
function writes() {
  const begun: { value: string; end: (error?: Error) => void }[] = [];
  const write = (value: string) =>
    new Promise<void>((resolve, reject) => {
      begun.push({ value, end: (error) => (error ? reject(error) : resolve()) });
    });
  return { begun, write, values: () => begun.map(({ value }) => value) };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

test("a word is written once, after the pause", async () => {
  const { begun, write, values } = writes();
  const saving = createAutosave<string>("", write, 800);
  for (const value of ["h", "ha", "har"]) saving.change(value);
  expect(saving.state.value).toBe("changed");
  await vi.advanceTimersByTimeAsync(799);
  expect(values()).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(values()).toEqual(["har"]);
  begun[0]?.end();
  await settle();
  expect(saving.state.value).toBe("saved");
});

test("what is typed during a write is written after it, never at the same time", async () => {
  const { begun, write, values } = writes();
  const saving = createAutosave<string>("", write, 800);
  saving.change("a");
  await vi.advanceTimersByTimeAsync(800);
  saving.change("ab");
  await vi.advanceTimersByTimeAsync(5000);
  expect(values()).toEqual(["a"]);
  begun[0]?.end();
  await settle();
  expect(values()).toEqual(["a", "ab"]);
  begun[1]?.end();
  await settle();
  expect(saving.state.value).toBe("saved");
});

test("a write that ends within the pause waits for the rest of it", async () => {
  const { begun, write, values } = writes();
  const saving = createAutosave<string>("", write, 800);
  saving.change("a");
  await vi.advanceTimersByTimeAsync(800);
  saving.change("ab");
  begun[0]?.end();
  await settle();
  expect(saving.state.value).toBe("changed");
  expect(values()).toEqual(["a"]);
  await vi.advanceTimersByTimeAsync(800);
  expect(values()).toEqual(["a", "ab"]);
});

test("leaving writes at once, and what is typed during a write with it", async () => {
  const { begun, write, values } = writes();
  const saving = createAutosave<string>("", write, 800);
  saving.change("a");
  const left = saving.flush();
  expect(values()).toEqual(["a"]);
  saving.change("ab");
  const leftAgain = saving.flush();
  begun[0]?.end();
  await settle();
  expect(values()).toEqual(["a", "ab"]);
  begun[1]?.end();
  await Promise.all([left, leftAgain]);
  expect(saving.state.value).toBe("saved");
});

test("nothing typed, nothing written", async () => {
  const { write, values } = writes();
  await createAutosave<string>("", write, 800).flush();
  expect(values()).toEqual([]);
});

test("what failed stays, is said, and goes with the next try", async () => {
  const { begun, write, values } = writes();
  const saving = createAutosave<string>("", write, 800);
  saving.change("a");
  await vi.advanceTimersByTimeAsync(800);
  begun[0]?.end(new Error("no"));
  await settle();
  expect(saving.state.value).toBe("failed");
  expect(saving.error.value?.code).toBe("internal");
  expect(saving.value.value).toBe("a");
  void saving.flush();
  begun[1]?.end();
  await settle();
  expect(values()).toEqual(["a", "a"]);
  expect(saving.state.value).toBe("saved");
  expect(saving.error.value).toBeNull();
});
