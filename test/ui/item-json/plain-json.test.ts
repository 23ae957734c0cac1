import "../fake-extension.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromPlain, toPlain, whyNotPlain } from "../../../src/ui/item-json/plain-json.ts";
import { attributesOf } from "./arbitrary-attributes.ts";

test("what plain JSON can hold comes back exactly as it went", () => {
  fc.assert(
    fc.property(attributesOf("plain"), (attributes) => {
      expect(whyNotPlain(attributes)).toBeNull();
      expect(fromPlain(toPlain(attributes))).toEqual(attributes);
    }),
  );
});

test("plain JSON that a person writes comes back as the same JSON", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false })), (value) => {
      const text = JSON.stringify(value);
      if (text.includes('"__proto__"')) return;
      // Numbers are compared as JSON reads them: 1e21 may be written in another way, never with another value.
      expect(JSON.parse(toPlain(fromPlain(text)))).toEqual(JSON.parse(text));
    }),
  );
});

test("38 digits survive, which a double does not hold", () => {
  const N = "3.1415926535897932384626433832795028841";
  expect(toPlain({ pi: { N } })).toContain(N);
  expect(fromPlain(`{"pi": ${N}}`)).toEqual({ pi: { N } });
});

test("an item with other types is not offered, and the sentence names the attribute", () => {
  fc.assert(
    fc.property(attributesOf("any"), (attributes) => {
      const holdsOther = /"(?:B|SS|NS|BS)":(?:"|\[)/.test(JSON.stringify(attributes));
      // A name such as B may look like a type: then only one direction is certain.
      if (whyNotPlain(attributes) !== null) expect(holdsOther).toBe(true);
      else expect(fromPlain(toPlain(attributes))).toEqual(attributes);
    }),
  );
  expect(whyNotPlain({ tags: { L: [{ M: { all: { SS: ["a"] } } }] } })).toBe("plain_no_set tags.0.all");
  expect(whyNotPlain({ photo: { B: "AA==" } })).toBe("plain_no_binary photo");
});

test("a number that JSON cannot write keeps its notation", () => {
  expect(whyNotPlain({ a: { N: "+5" } })).toBe("plain_no_number a +5");
  expect(whyNotPlain({ a: { N: "007" } })).toBe("plain_no_number a 007");
  expect(whyNotPlain({ a: { N: "1E+2" } })).toBeNull();
});

test("an item is an object, and no attribute is called __proto__", () => {
  for (const text of ["[]", "1", "null", '"a"']) expect(() => fromPlain(text)).toThrow("json_not_object");
  expect(() => fromPlain('{"a": {"__proto__": 1}}')).toThrow("json_in a json_proto");
});
