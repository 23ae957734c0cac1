import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMeter, throttle } from "../../src/transfers/progress.ts";

describe("meter", () => {
  it("takes the speed over the last seconds only", () => {
    const meter = createMeter();
    expect(meter.speed(0)).toBeNull();
    for (let second = 0; second <= 20; second++) meter.record(second * 1000, 100_000, second * 1000);
    for (let second = 21; second <= 40; second++) meter.record(20_000 + (second - 20) * 3000, 100_000, second * 1000);
    expect(meter.moved).toBe(80_000);
    expect(meter.total).toBe(100_000);
    expect(meter.speed(40_000)).toBe(3000);
  });

  it("says nothing of a moment", () => {
    const meter = createMeter();
    meter.record(5000, null, 0);
    meter.record(9000, null, 200);
    expect(meter.speed(200)).toBeNull();
  });
});

describe("throttle", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("works at most four times a second and never loses the last call", async () => {
    let count = 0;
    let last = -1;
    let value = 0;
    const call = throttle(
      () => {
        count += 1;
        last = value;
      },
      250,
      (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    );
    for (; value < 100; value++) {
      call();
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(last).toBe(99);
    expect(count).toBeLessThanOrEqual(6);
  });
});
