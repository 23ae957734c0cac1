import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkItem, largestItem } from "../../../src/aws/items/check-item.ts";
import { itemSize, valueSize } from "../../../src/aws/items/item-size.ts";
import { canonicalNumber, numberFault, parseNumber } from "../../../src/aws/items/number.ts";
import { sameAttributes, sameValue } from "../../../src/aws/items/same-value.ts";
import type { Attributes, AttributeValue } from "../../../src/shared/attribute-value.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";

const keys = { partitionKey: "pk", sortKey: "sk" };

function fault(attributes: Attributes, sortKey = "s"): unknown {
  try {
    checkItem("alice", sortKey, attributes, keys);
    return null;
  } catch (error) {
    if (error instanceof HoldallError) return [error.code, ...(error.facts.subs ?? [])];
    throw error;
  }
}

function nested(levels: number): AttributeValue {
  return levels === 0 ? { S: "x" } : { L: [nested(levels - 1)] };
}

describe("checkItem", () => {
  it("takes what DynamoDB takes", () => {
    expect(
      fault({
        empty: { S: "" },
        bytes: { B: "" },
        list: { L: [] },
        map: { M: {} },
        set: { SS: ["", "a"] },
        numbers: { NS: ["1", "1.5", "-1"] },
        zero: { N: "-0" },
        deep: nested(32),
      }),
    ).toBeNull();
  });

  it.each<[Attributes, string, string]>([
    [{ a: { N: "NaN" } }, "a", "is not a number"],
    [{ a: { N: "" } }, "a", "is not a number"],
    [{ a: { N: "0x10" } }, "a", "is not a number"],
    [{ a: { N: "Infinity" } }, "a", "is not a number"],
    [{ a: { N: "1".repeat(39) } }, "a", "has more than 38 significant digits"],
    [{ a: { N: "1e126" } }, "a", "is larger than 9.99E+125"],
    [{ a: { N: "1e-131" } }, "a", "is smaller than 1E-130"],
    [{ a: { L: [{ S: "" }, { M: { b: { N: "x" } } }] } }, "a[1].b", "is not a number"],
    [{ a: { SS: [] } }, "a", "is an empty set"],
    [{ a: { SS: ["x", "y", "x"] } }, "a[2]", "comes twice in its set"],
    [{ a: { NS: ["1", "1.0"] } }, "a[1]", "comes twice in its set"],
    [{ a: { BS: ["AA==", "AA=="] } }, "a[1]", "comes twice in its set"],
    [{ a: { B: "AA" } }, "a", "is not base64"],
    [{ a: { S: "\ud800" } }, "a", "holds half of a surrogate pair"],
    [{ pk: { S: "bob" } }, "pk", "is a key attribute of the table"],
    [{ sk: { S: "other" } }, "sk", "is a key attribute of the table"],
    [{ "": { S: "x" } }, "item", "has an attribute without a name"],
    [{ deep: nested(33) }, `deep${"[0]".repeat(33)}`, "lies deeper than 32 levels"],
  ])("refuses %j", (attributes, path, reason) => {
    expect(fault(attributes)).toEqual(["item-invalid", path, reason]);
  });

  it("refuses keys that DynamoDB refuses", () => {
    expect(fault({}, "")).toEqual(["item-key-empty"]);
    expect(fault({}, "x".repeat(1025))).toEqual(["item-key-too-long", "1025"]);
  });

  it("counts 400 KB with names and keys", () => {
    const rest = "pk".length + "alice".length + "sk".length + "s".length + "a".length;
    expect(fault({ a: { S: "x".repeat(largestItem - rest) } })).toBeNull();
    expect(fault({ a: { S: "x".repeat(largestItem - rest + 1) } })).toEqual([
      "item-too-large",
      String(largestItem + 1),
    ]);
  });
});

describe("sizes", () => {
  it.each<[AttributeValue, number]>([
    [{ S: "héllo" }, 6],
    [{ B: "AAEC" }, 3],
    [{ B: "AAE=" }, 2],
    [{ BOOL: true }, 1],
    [{ NULL: true }, 1],
    [{ N: "0" }, 1],
    [{ N: "27" }, 2],
    [{ N: "-27" }, 3],
    [{ N: "461" }, 3],
    [{ N: "100" }, 2],
    [{ N: "0.05" }, 2],
    [{ N: "12345678901234567890123456789012345678" }, 20],
    [{ L: [] }, 3],
    [{ M: {} }, 3],
    [{ L: [{ S: "ab" }, { BOOL: true }] }, 3 + 1 + 2 + 1 + 1],
    [{ M: { ab: { S: "c" } } }, 3 + 1 + 2 + 1],
    [{ SS: ["a", "bc"] }, 3],
    [{ NS: ["1", "27"] }, 4],
    [{ BS: ["AA==", "AAE="] }, 3],
  ])("of %j is %i", (value, size) => {
    expect(valueSize(value)).toBe(size);
  });

  it("of an item are names and values", () => {
    expect(itemSize({ name: { S: "x" }, ü: { BOOL: true } })).toBe(4 + 1 + 2 + 1);
  });
});

describe("numbers", () => {
  const digits = fc.stringMatching(/^[1-9][0-9]{0,36}$/);

  it("are equal however they are written", () => {
    fc.assert(
      fc.property(digits, fc.integer({ min: -90, max: 80 }), fc.boolean(), (text, exponent, negative) => {
        const sign = negative ? "-" : "";
        const plain = `${sign}${text}e${exponent}`;
        const forms = [
          `${sign}${text}0e${exponent - 1}`,
          `${sign}000${text}E${exponent >= 0 ? "+" : ""}${exponent}`,
          `${sign}${text}.000e${exponent}`,
          `${sign}0.${text}e${exponent + text.length}`,
          `${sign}.${text}e${exponent + text.length}`,
        ];
        for (const form of forms) expect(canonicalNumber(form)).toBe(canonicalNumber(plain));
        expect(numberFault(plain)).toBeNull();
        expect(canonicalNumber(canonicalNumber(plain))).toBe(canonicalNumber(plain));
      }),
    );
  });

  it("have the value that BigInt says", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 37n), max: 10n ** 37n }), (value) => {
        const number = parseNumber(String(value));
        if (number === null) throw new Error("no number");
        const back =
          number.digits === ""
            ? 0n
            : BigInt(number.digits) * 10n ** BigInt(number.magnitude + 1 - number.digits.length);
        expect(number.negative ? -back : back).toBe(value);
      }),
    );
  });

  it.each(["0", "-0", "0.000", "00", "0e99"])("takes %s for zero", (text) => {
    expect(canonicalNumber(text)).toBe("0");
    expect(numberFault(text)).toBeNull();
  });

  it.each([
    ["9.99e125", null],
    ["1e-130", null],
    [".", "is not a number"],
    ["1e", "is not a number"],
    ["1 ", "is not a number"],
  ])("judges %j", (text, reason) => {
    expect(numberFault(text)).toBe(reason);
  });
});

describe("equality", () => {
  it("is DynamoDB's", () => {
    expect(sameValue({ N: "1.0" }, { N: "1" })).toBe(true);
    expect(sameValue({ SS: ["a", "b"] }, { SS: ["b", "a"] })).toBe(true);
    expect(sameValue({ NS: ["1", "2.0"] }, { NS: ["2", "1"] })).toBe(true);
    expect(sameValue({ L: [{ S: "a" }, { S: "b" }] }, { L: [{ S: "b" }, { S: "a" }] })).toBe(false);
    expect(sameValue({ S: "1" }, { N: "1" })).toBe(false);
    expect(sameValue({ S: "é" }, { S: "e\u0301" })).toBe(false);
    expect(
      sameAttributes({ a: { M: { b: { N: "1" }, c: { S: "" } } } }, { a: { M: { c: { S: "" }, b: { N: "1e0" } } } }),
    ).toBe(true);
    expect(sameAttributes({ a: { S: "x" } }, { a: { S: "x" }, b: { S: "y" } })).toBe(false);
    expect(sameAttributes({ constructor: { S: "x" } }, { a: { S: "x" } })).toBe(false);
  });
});
