import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deleteExpressions, updateExpressions } from "../../../src/aws/items/expressions.ts";
import { sameAttributes } from "../../../src/aws/items/same-value.ts";
import { isApplied, newItem, planUpdate, type WritePlan } from "../../../src/aws/items/write-plan.ts";
import type { Attributes, AttributeValue } from "../../../src/shared/attribute-value.ts";

const value: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((number) => ({ N: String(number) })),
  fc.constantFrom<AttributeValue>(
    { S: "" },
    { S: "x" },
    { BOOL: true },
    { SS: ["a", "b"] },
    { SS: ["b", "a"] },
    { N: "1.0" },
  ),
);
const name = fc.constantFrom("a", "b", "c", "rev", "constructor", "toString");
const attributes: fc.Arbitrary<Attributes> = fc.dictionary(name, value, { maxKeys: 5 });

/** What DynamoDB does with a plan; null when its condition refuses. */
function apply(plan: WritePlan, present: Attributes): Attributes | null {
  const unchanged = Object.entries(plan.unchanged).every(
    ([key, was]) =>
      Object.hasOwn(present, key) && sameAttributes({ key: was }, { key: present[key] ?? { NULL: true } }),
  );
  if (!unchanged || plan.absent.some((key) => Object.hasOwn(present, key))) return null;
  const kept = Object.entries(present).filter(([key]) => !plan.remove.includes(key));
  return { ...Object.fromEntries(kept), ...plan.set };
}

describe("planUpdate", () => {
  it("brings the basis to the result", () => {
    fc.assert(
      fc.property(attributes, attributes, (basis, edited) => {
        const plan = planUpdate(basis, edited);
        const after = apply(plan, basis);
        expect(after !== null && sameAttributes(after, plan.result)).toBe(true);
        const { rev: _, ...wanted } = edited;
        const { rev: __, ...got } = plan.result;
        expect(got).toEqual(wanted);
      }),
    );
  });

  it("loses nothing of two editors, whatever they do", () => {
    fc.assert(
      fc.property(attributes, attributes, attributes, (basis, first, second) => {
        const one = planUpdate(basis, first);
        const two = planUpdate(basis, second);
        const afterOne = apply(one, basis);
        if (afterOne === null) throw new Error("the first writer is alone");
        const afterTwo = apply(two, afterOne);
        // Refused: the second editor is told. Or taken: then everything that the first one wrote is still there, or the same.
        if (afterTwo === null) return;
        for (const [key, written] of Object.entries(one.set)) {
          if (key === "rev") continue;
          expect(sameAttributes({ key: afterTwo[key] ?? { NULL: true } }, { key: written })).toBe(true);
        }
        for (const key of one.remove) expect(Object.hasOwn(afterTwo, key)).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });

  it("counts a usable rev and leaves any other alone", () => {
    const rev = (basis: Attributes, edited: Attributes) => planUpdate(basis, edited).result.rev;
    expect(rev({ rev: { N: "7" } }, {})).toEqual({ N: "8" });
    expect(rev({ rev: { N: "7" } }, { rev: { N: "99" } })).toEqual({ N: "8" });
    expect(rev({}, {})).toEqual({ N: "1" });
    expect(rev({}, { rev: { S: "mine" } })).toEqual({ S: "mine" });
    expect(rev({ rev: { N: "1.5" } }, { rev: { N: "1.5" } })).toEqual({ N: "1.5" });
    expect(rev({ rev: { N: "9007199254740993" } }, { rev: { S: "x" } })).toEqual({ S: "x" });
    expect(newItem({ a: { S: "x" } })).toEqual({ a: { S: "x" }, rev: { N: "1" } });
    expect(newItem({ rev: { N: "4" } })).toEqual({ rev: { N: "5" } });
    expect(newItem({ rev: { S: "mine" } })).toEqual({ rev: { S: "mine" } });
  });

  it("is recognised when it was done, but not when it does nothing", () => {
    const plan = planUpdate({ rev: { N: "1" }, a: { S: "1" }, b: { S: "b" } }, { a: { S: "2" } });
    expect(isApplied(plan, { rev: { N: "2" }, a: { S: "2" }, other: { S: "x" } })).toBe(true);
    expect(isApplied(plan, { rev: { N: "2" }, a: { S: "2" }, b: { S: "b" } })).toBe(false);
    expect(isApplied(plan, { rev: { N: "2" }, a: { S: "3" } })).toBe(false);
    expect(isApplied(planUpdate({ rev: { S: "x" } }, { rev: { S: "x" } }), { rev: { S: "x" } })).toBe(false);
  });
});

describe("expressions", () => {
  const many = (count: number): Attributes =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}`, { N: String(at) }]));

  it("are left when DynamoDB would refuse their length or their number of operators", () => {
    expect(updateExpressions(planUpdate(many(100), { ...many(100), b: { S: "x" } }), "pk")).not.toBeNull();
    expect(updateExpressions(planUpdate(many(400), { ...many(400), b: { S: "x" } }), "pk")).toBeNull();
    expect(updateExpressions(planUpdate({ rev: { N: "1" } }, many(400)), "pk")).toBeNull();
    expect(deleteExpressions("pk", many(400))).toBeNull();
  });

  it("stay below 4 KB", () => {
    for (let count = 0; count < 400; count += 7) {
      const made = updateExpressions(planUpdate(many(count), { ...many(count), b: { S: "x" } }), "pk");
      if (made === null) continue;
      expect(made.ConditionExpression.length).toBeLessThanOrEqual(4096);
      expect(made.UpdateExpression?.length).toBeLessThanOrEqual(4096);
    }
  });
});
