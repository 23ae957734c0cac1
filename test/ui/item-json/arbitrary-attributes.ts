import fc from "fast-check";
import type { Attributes, AttributeValue } from "../../../src/shared/attribute-value.ts";

const name = fc.string({ unit: "binary", maxLength: 12 }).filter((text) => text !== "__proto__");
const digits = fc.stringMatching(/^-?(0|[1-9][0-9]{0,37})(\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?$/);

type Kind = "plain" | "any";

function value(kind: Kind) {
  const leaves: fc.Arbitrary<AttributeValue>[] = [
    fc.string({ unit: "binary" }).map((S) => ({ S })),
    digits.map((N) => ({ N })),
    fc.boolean().map((BOOL) => ({ BOOL })),
    fc.constant({ NULL: true as const }),
  ];
  const others: fc.Arbitrary<AttributeValue>[] = [
    fc.base64String().map((B) => ({ B })),
    fc.array(fc.string(), { minLength: 1 }).map((SS) => ({ SS })),
    fc.array(digits, { minLength: 1 }).map((NS) => ({ NS })),
    fc.array(fc.base64String(), { minLength: 1 }).map((BS) => ({ BS })),
  ];
  return fc.letrec<{ value: AttributeValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      ...leaves,
      ...(kind === "any" ? others : []),
      fc.array(tie("value"), { maxLength: 4 }).map((L) => ({ L })),
      fc.dictionary(name, tie("value"), { maxKeys: 4 }).map((M) => ({ M })),
    ),
  })).value;
}

/** Attributes of an item: `plain` has only the types that plain JSON knows. */
export function attributesOf(kind: Kind): fc.Arbitrary<Attributes> {
  return fc.dictionary(name, value(kind), { maxKeys: 6 });
}
