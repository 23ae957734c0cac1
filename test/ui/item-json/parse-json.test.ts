import "../fake-extension.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { JsonError, lineAndColumn } from "../../../src/ui/item-json/json-error.ts";
import { parseJson } from "../../../src/ui/item-json/parse-json.ts";

function fault(text: string): JsonError {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) return error;
    throw error;
  }
  throw new Error(`taken as JSON: ${text}`);
}

/** Each saying of lossless-json has its sentence: an update that words one differently is seen here. */
test.each([
  ['{\n  "a": 1\n  "b": 2\n}', "json_at 3 3 json_comma"],
  ['{"a" 1}', "json_at 1 6 json_colon"],
  ['{"a": 1,}', "json_at 1 9 json_name"],
  ["{a: 1}", "json_at 1 2 json_name"],
  ['{"a": 1', "json_at 1 8 json_object_end"],
  ["[1, 2", "json_at 1 6 json_array_end"],
  ["[1, ]", "json_at 1 5 json_value"],
  ['{"a": }', "json_at 1 7 json_value"],
  ["", "json_at 1 1 json_value"],
  ['{"a": "x', "json_at 1 9 json_string_end"],
  ['{"a": -}', "json_at 1 8 json_number"],
  ['{"a": 1.}', "json_at 1 9 json_number"],
  ['{"a": "\\q"}', "json_at 1 8 json_escape"],
  ['{"a": "\\u12"}', "json_at 1 8 json_escape"],
  ['{"a": "x\ny"}', "json_at 1 9 json_character"],
  ["{} {}", "json_at 1 4 json_after_end"],
  ['{"a": 1, "a": 2}', "json_at 1 11 json_duplicate a"],
])("%j says %s", (text, sentence) => {
  expect(fault(text).message).toBe(sentence);
});

test("the place is inside the text or at its end", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]":,1a\\\n '.split("")), maxLength: 30 }), (text) => {
      try {
        parseJson(text);
      } catch (error) {
        expect(error).toBeInstanceOf(JsonError);
        const { position } = error as JsonError;
        expect(position).not.toBeNull();
        expect(position ?? -1).toBeGreaterThanOrEqual(0);
        expect(position ?? 99).toBeLessThanOrEqual(text.length);
      }
    }),
    { numRuns: 2000 },
  );
});

test("takes what JSON.parse takes, and nothing else but equal duplicates", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(() => parseJson(text)).not.toThrow();
    }),
  );
});

test("nesting without end is a sentence, not a crash", () => {
  expect(() => parseJson("[".repeat(200_000))).toThrow("json_too_deep");
});

test("line and column count from 1", () => {
  expect(lineAndColumn("a\nbc", 0)).toEqual({ line: 1, column: 1 });
  expect(lineAndColumn("a\nbc", 2)).toEqual({ line: 2, column: 1 });
  expect(lineAndColumn("a\nbc", 4)).toEqual({ line: 2, column: 3 });
});
