import { expect, test } from "vitest";
import { costOf } from "../../src/app/sites/prices.ts";
import { bytesOf, lastDays, sumOf, todayOf } from "../../src/app/sites/use-figures.ts";
import type { SiteDay } from "../../src/messaging/sites-view.ts";

const now = Date.UTC(2026, 10, 3, 0, 5);
const day = (name: string, part: Partial<SiteDay> = {}): SiteDay => ({
  ...{ day: name, requests: 0, written: 0, read: 0, s3Writes: 0, s3Reads: 0, itemWriteUnits: 0, itemReadUnits: 0 },
  ...{ refused: 0, ...part },
});

test("thirty days end today by UTC, those without use among them, and older ones are left out", () => {
  const days = lastDays([day("2026-11-03", { requests: 2 }), day("2026-10-01", { requests: 7 })], now);
  expect(days.map((one) => one.day).filter((_, index) => index % 29 === 0)).toEqual(["2026-10-05", "2026-11-03"]);
  expect(days).toHaveLength(30);
  expect(sumOf(days).requests).toBe(2);
  // Five minutes before, it was another day.
  expect(todayOf(days, now).requests).toBe(2);
  expect(todayOf(days, now - 6 * 60_000).requests).toBe(0);
});

test("sums are of every figure", () => {
  const each = { written: 10, read: 20, s3Writes: 1, s3Reads: 2, itemWriteUnits: 3, itemReadUnits: 4, refused: 5 };
  const sum = sumOf([day("2026-11-02", { requests: 1, ...each }), day("2026-11-03", { requests: 1, ...each })]);
  expect(sum).toEqual({
    ...{
      requests: 2,
      written: 20,
      read: 40,
      s3Writes: 2,
      s3Reads: 4,
      itemWriteUnits: 6,
      itemReadUnits: 8,
      refused: 10,
    },
  });
  expect(bytesOf(sum)).toBe(60);
});

test("the estimate is the list price of each unit", () => {
  const million = 1_000_000;
  expect(costOf(day("2026-11-03", { s3Writes: 1000 }))).toBeCloseTo(0.005, 9);
  expect(costOf(day("2026-11-03", { s3Reads: 1000 }))).toBeCloseTo(0.0004, 9);
  expect(costOf(day("2026-11-03", { itemWriteUnits: million }))).toBeCloseTo(0.625, 9);
  expect(costOf(day("2026-11-03", { itemReadUnits: million }))).toBeCloseTo(0.125, 9);
  expect(costOf(day("2026-11-03", { read: 1_000_000_000 }))).toBeCloseTo(0.09, 9);
  // What is sent to AWS costs nothing, nor does a request that Holdall refused.
  expect(costOf(day("2026-11-03", { written: 1_000_000_000, refused: million }))).toBe(0);
});
