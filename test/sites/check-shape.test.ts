import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkShape } from "../../src/sites/check-shape.ts";
import { SiteProblem } from "../../src/sites/site-problem.ts";

const codeOf = (value: unknown): string => {
  try {
    checkShape(value);
    return "fine";
  } catch (error) {
    return error instanceof SiteProblem ? error.fault.code : String(error);
  }
};

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = level % 2 === 0 ? [value] : { value };
  return value;
}

const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;

describe("the shape of a request", () => {
  test.each([
    [
      "what methods take",
      "fine",
      () => ({ key: "a", value: { n: [1, 2n, null, new Set(["x"])], b: new Uint8Array(9) } }),
    ],
    ["a file of any size", "fine", () => ({ path: "a", body: new Blob([new Uint8Array(3_000_000)]) })],
    ["nothing", "fine", () => undefined],
    ["100 MB of text", "too-large", () => ({ text: "x".repeat(100_000_000) })],
    ["bytes of 2 MB", "too-large", () => ({ bytes: new Uint8Array(2_000_000) })],
    ["names of 2 MB", "too-large", () => Object.fromEntries([["x".repeat(2_000_000), 1]])],
    ["a list of a billion holes", "too-large", () => ({ list: new Array(1e9) })],
    ["10,000 levels", "too-large", () => nested(10_000)],
    ["a circle", "too-large", () => cyclic],
    ["a Map", "invalid", () => ({ map: new Map() })],
    ["a Date", "invalid", () => ({ date: new Date() })],
    ["an own __proto__", "invalid", () => JSON.parse('{"value":{"__proto__":{"a":1}}}')],
    ["an error", "invalid", () => ({ error: new Error("x") })],
  ])("of %s is %s", (_, code, make) => expect(codeOf(make())).toBe(code));

  test("of anything that can be cloned is judged, soon, and by a code", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
        (value) => {
          const before = performance.now();
          expect(codeOf(value)).toMatch(/^(?:fine|invalid|too-large)$/);
          expect(performance.now() - before).toBeLessThan(1000);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
