import "../fake-extension.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { fromDynamodbJson, toDynamodbJson } from "../../../src/ui/item-json/dynamodb-json.ts";
import { bestNotation, fromText, toText } from "../../../src/ui/item-json/item-text.ts";
import { attributesOf } from "./arbitrary-attributes.ts";

test("every type comes back exactly as it went", () => {
  fc.assert(
    fc.property(attributesOf("any"), (attributes) => {
      expect(fromDynamodbJson(toDynamodbJson(attributes))).toEqual(attributes);
    }),
  );
});

test.each([
  ["[]", "json_not_object"],
  ['{"a": 1}', "json_in a typed_one_type"],
  ['{"a": {}}', "json_in a typed_one_type"],
  ['{"a": {"S": "x", "N": "1"}}', "json_in a typed_one_type"],
  ['{"a": {"N": 1}}', "json_in a typed_number"],
  ['{"a": {"S": null}}', "json_in a typed_string"],
  ['{"a": {"B": []}}', "json_in a typed_binary"],
  ['{"a": {"BOOL": "true"}}', "json_in a typed_bool"],
  ['{"a": {"NULL": false}}', "json_in a typed_null"],
  ['{"a": {"L": {}}}', "json_in a typed_list"],
  ['{"a": {"L": [{"M": {"b": {"NS": ["1", 2]}}}]}}', "json_in a.0.b.1 typed_number"],
  ['{"a": {"M": []}}', "json_in a typed_map"],
  ['{"a": {"X": "1"}}', "json_in a typed_unknown X"],
  ['{"a": {"M": {"__proto__": {"S": "x"}}}}', "json_in a json_proto"],
])("%s says %s", (text, sentence) => {
  expect(() => fromDynamodbJson(text)).toThrow(sentence);
});

test("the version that Holdall counts is hidden and cannot be typed", () => {
  const attributes = { a: { S: "x" }, rev: { N: "7" } };
  expect(JSON.parse(toText(attributes, "plain"))).toEqual({ a: "x" });
  expect(JSON.parse(toText(attributes, "dynamodb"))).toEqual({ a: { S: "x" } });
  expect(() => fromText('{"rev": 8}', "plain")).toThrow("json_in rev json_rev");
});

test("a rev that is no number is the person's own", () => {
  expect(JSON.parse(toText({ rev: { S: "B" } }, "plain"))).toEqual({ rev: "B" });
  expect(fromText('{"rev": "B"}', "plain")).toEqual({ rev: { S: "B" } });
});

test("plain where nothing is lost, else DynamoDB JSON", () => {
  expect(bestNotation({ a: { N: "1" } })).toBe("plain");
  expect(bestNotation({ a: { NS: ["1"] } })).toBe("dynamodb");
});
