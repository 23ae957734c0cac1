import { expect, test, vi } from "vitest";
import { atCapturePace } from "../../../src/captures/take/page/capture-pace.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";

test("captures twice in a second, waits as long as it must, and again when that was too soon", async () => {
  vi.useFakeTimers();
  try {
    const times: number[] = [];
    const start = performance.now();
    let refusals = 1;
    const capture = async () => {
      times.push(performance.now() - start);
      if (times.length === 4 && refusals-- > 0) {
        const subs = ["This request exceeds the MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND quota."];
        throw new HoldallError("capture-screenshot-failed", { subs });
      }
    };
    const { signal } = new AbortController();
    const all = (async () => {
      for (let at = 0; at < 5; at++) await atCapturePace(capture, signal);
    })();
    await vi.runAllTimersAsync();
    await all;
    expect(times).toHaveLength(6);
    for (let at = 2; at < times.length; at++)
      expect((times[at] ?? 0) - (times[at - 2] ?? 0)).toBeGreaterThanOrEqual(1000);
    expect(times[1]).toBeLessThan(100);
  } finally {
    vi.useRealTimers();
  }
});

test("does not wait for somebody who changed their mind", async () => {
  const abort = new AbortController();
  const captures = [1, 2, 3].map(() => atCapturePace(async () => {}, abort.signal));
  abort.abort();
  const ends = await Promise.allSettled(captures);
  expect(ends.at(-1)).toMatchObject({ status: "rejected", reason: { code: "cancelled" } });
});
