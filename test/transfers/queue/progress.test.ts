import { describe, expect, it } from "vitest";
import { createMeter, createSpeedometer, secondsFor, throttle } from "../../../src/transfers/queue/progress.ts";

describe("meter", () => {
  it("sums up over all parts, also when one begins again", () => {
    const meter = createMeter();
    meter.record(1, 50, 0, true);
    meter.record(2, 30, 0, true);
    expect(meter.moved).toBe(80);
    meter.record(1, 0, 0, true);
    expect(meter.moved).toBe(30);
    meter.record(1, 100, 0, true);
    expect(meter.moved).toBe(130);
  });

  it("does not take what was there before for speed", () => {
    const meter = createMeter();
    meter.record(1, 1_000_000, 0, false);
    expect(meter.speed(1000)).toBeNull();
    meter.record(2, 0, 1000, true);
    meter.record(2, 2000, 3000, true);
    expect(meter.moved).toBe(1_002_000);
    expect(meter.speed(3000)).toBe(1000);
  });
});

describe("speed", () => {
  it("is unknown at first, then that of the last seconds", () => {
    const speedometer = createSpeedometer();
    speedometer.add(0, 0);
    speedometer.add(100, 1000);
    expect(speedometer.speed(1000)).toBeNull();
    for (let at = 1100; at <= 20_000; at += 100) speedometer.add(100, at);
    expect(speedometer.speed(20_000)).toBeGreaterThan(900);
    expect(speedometer.speed(20_000)).toBeLessThan(1100);
  });

  it("falls when nothing moves, and a long pause does not count", () => {
    const speedometer = createSpeedometer();
    for (let at = 0; at <= 4000; at += 100) speedometer.add(100, at);
    expect(speedometer.speed(8000)).toBeLessThan(600);
    speedometer.add(100, 600_000);
    for (let at = 600_100; at <= 602_000; at += 100) speedometer.add(100, at);
    expect(speedometer.speed(602_000)).toBeGreaterThan(900);
  });

  it("says how long it takes, when it is known", () => {
    expect([secondsFor(1000, 300), secondsFor(0, 300), secondsFor(10, 0), secondsFor(10, null)]).toEqual([
      4,
      0,
      null,
      null,
    ]);
  });
});

describe("throttle", () => {
  it("runs at once, then at most once per interval, and never loses the last call", async () => {
    const releases: (() => void)[] = [];
    let runs = 0;
    const call = throttle(
      () => {
        runs += 1;
      },
      250,
      () => new Promise((resolve) => releases.push(resolve)),
    );
    for (let times = 0; times < 5; times++) call();
    expect(runs).toBe(1);
    releases.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
    expect(runs).toBe(2);
    releases.shift()?.();
    await Promise.resolve();
    await Promise.resolve();
    expect(runs).toBe(2);
    call();
    expect(runs).toBe(3);
  });
});
