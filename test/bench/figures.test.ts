import { describe, expect, test } from "vitest";
import { parseBenchArguments } from "../../bench/lib/bench-arguments.mjs";
import { interleave } from "../../bench/lib/interleave.mjs";
import { failedRow, row } from "../../bench/lib/row.mjs";
import { round, summary } from "../../bench/lib/statistics.mjs";

describe("summary", () => {
  test("median and quartiles, whatever the order", () => {
    expect(summary([5, 1, 3, 2, 4])).toEqual({ median: 3, spread: [2, 4] });
    expect(summary([1, 2])).toEqual({ median: 1.5, spread: [1.25, 1.75] });
    expect(summary([7])).toEqual({ median: 7, spread: [7, 7] });
  });

  test("nothing measured is no figure", () => {
    expect(() => summary([])).toThrow("Nothing was measured");
  });

  test.each([
    [12_345, 12_350],
    [12.345, 12.3],
    [0.012345, 0.0123],
    [0, 0],
  ])("%d is shown as %d", (value, shown) => {
    expect(round(value)).toBe(shown);
  });
});

describe("a row is ok", () => {
  const given = { id: "x", what: "x", unit: "ms" };
  test("when its value keeps the limit", () => {
    expect(row({ ...given, value: 100, limit: 100 }).ok).toBe(true);
    expect(row({ ...given, value: 100.1, limit: 100 }).ok).toBe(false);
  });

  test("when its ratio does, if it has one: the value may be anything", () => {
    expect(row({ ...given, value: 500, ratio: 1.1, limit: 1.15 }).ok).toBe(true);
    expect(row({ ...given, value: 0.1, ratio: 1.2, limit: 1.15 }).ok).toBe(false);
  });

  test("when it reaches a limit that has to be reached", () => {
    expect(row({ ...given, value: 5, ratio: 0.9, limit: 0.9, limitIs: "least" }).ok).toBe(true);
    expect(row({ ...given, value: 5, ratio: 0.89, limit: 0.9, limitIs: "least" }).ok).toBe(false);
  });

  test("without a limit, if it was measured", () => {
    expect(row({ ...given, value: 1 }).ok).toBe(true);
    expect(failedRow("x", new Error("no browser\nstack"))).toMatchObject({
      ok: false,
      what: "not measured: no browser",
    });
  });
});

test("contestants take turns, each begins as often as the others, and warm-up turns do not count", async () => {
  const order: string[] = [];
  let figure = 0;
  const contestant = (name: string) => async () => {
    order.push(name);
    figure += 1;
    return figure;
  };
  const figures = await interleave({ a: contestant("a"), b: contestant("b") }, { runs: 3, warmUp: 1 });
  expect(order.join("")).toBe("abbaabba");
  expect(figures.a.median).toBe(5);
});

test("no further turn begins when the time is over and three count", async () => {
  let turns = 0;
  const count = async () => ++turns;
  await interleave({ count }, { runs: 100, warmUp: 1, seconds: 0 });
  expect(turns).toBe(4);
});

test("the command line", () => {
  expect(parseBenchArguments(["--only", "a,b", "--only=c", "--quick"])).toEqual({
    only: ["a", "b", "c"],
    quick: true,
    sizeMib: null,
    json: false,
    list: false,
  });
  expect(parseBenchArguments(["--help"])).toBeNull();
  expect(parseBenchArguments(["--size-mib", "256"])).toMatchObject({ sizeMib: 256 });
  expect(() => parseBenchArguments(["--size-mib", "much"])).toThrow("whole number");
  expect(() => parseBenchArguments(["--fast"])).toThrow("Usage");
});
