import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalNumber } from "../../src/aws/items/number.ts";
import { attributesOf, plainOf } from "../../src/sites/plain-value.ts";
import { SiteProblem } from "../../src/sites/site-problem.ts";

const key = fc.string({ minLength: 1, maxLength: 8 }).filter((name) => name !== "__proto__" && name !== "$number");
/** One whose decimal digits a number of JavaScript has as well comes back as that number. */
const isHeld = (whole: bigint) => canonicalNumber(String(Number(whole))) === canonicalNumber(String(whole));
const leaf = fc.oneof(
  fc.string(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }).map((x) => (x === 0 ? 0 : x)),
  fc.maxSafeInteger(),
  fc.bigInt({ min: 10n ** 16n + 1n, max: 10n ** 37n }).filter((whole) => !isHeld(whole)),
  fc.boolean(),
  fc.constant(null),
  fc.uint8Array({ maxLength: 20 }),
  fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 4 }).map((all) => new Set(all)),
  fc.uniqueArray(fc.maxSafeInteger(), { minLength: 1, maxLength: 4 }).map((all) => new Set(all)),
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(key, tie("tree"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const value = fc.dictionary(key, tree, { maxKeys: 5, noNullPrototype: true }) as fc.Arbitrary<Record<string, unknown>>;

describe("a page's value", () => {
  test("comes back as it went", () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(plainOf(attributesOf(one))).toEqual(one);
      }),
      { numRuns: 1000 },
    );
  });

  test("of a number that JavaScript cannot hold is a bigint, or its text, and goes back as the same number", () => {
    const digits = fc.stringMatching(/^[1-9][0-9]{0,37}$/);
    const number = fc.tuple(fc.constantFrom("", "-"), digits, fc.integer({ min: -90, max: 80 }));
    fc.assert(
      fc.property(number, ([sign, text, power]) => {
        const N = `${sign}${text}E${power}`;
        const plain = plainOf({ n: { N } });
        const back = attributesOf(plain).n as { N: string };
        expect(canonicalNumber(back.N)).toBe(canonicalNumber(N));
        if (typeof plain.n === "number") expect(canonicalNumber(String(plain.n))).toBe(canonicalNumber(N));
      }),
      { numRuns: 2000 },
    );
    expect(plainOf({ n: { N: "12345678901234567890123456789012345678" } }).n).toBe(
      12345678901234567890123456789012345678n,
    );
    expect(plainOf({ n: { N: "0.1000" } }).n).toBe(0.1);
    expect(plainOf({ n: { N: "3.14159265358979323846264338327950288" } }).n).toEqual({
      $number: "3.14159265358979323846264338327950288",
    });
  });

  test.each([
    ["NaN", { a: Number.NaN }, "a"],
    ["Infinity", { a: { b: Number.POSITIVE_INFINITY } }, "a.b"],
    ["a set of two kinds", { a: [new Set(["x", 1])] }, "a[0]"],
    ["a set of objects", { a: new Set([{}]) }, "a"],
    ["a file", { photo: new Blob(["x"]) }, "photo"],
    ["a file in a list", { all: [new Blob(["x"])] }, "all[0]"],
    ["nothing but a file", new Blob(["x"]) as never, "value"],
  ])("that holds %s is refused with its place", (_, one, detail) => {
    let thrown: unknown;
    try {
      attributesOf(one);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(SiteProblem);
    expect((thrown as SiteProblem).fault).toMatchObject({ code: "invalid", detail });
  });
});
