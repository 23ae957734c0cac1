import { parse } from "lossless-json";
import { t } from "../../platform/i18n.ts";
import { faultAt, JsonError } from "./json-error.ts";

/** What lossless-json says (4.3), and the text under which it is said to the person. Tests pin each of these. */
const sayings: [RegExp, string][] = [
  [/^Comma/, "json_comma"],
  [/^Colon/, "json_colon"],
  [/^Quoted object key or end/, "json_object_end"],
  [/^Quoted object key/, "json_name"],
  [/^Array item or end/, "json_array_end"],
  [/^(?:JSON value|Object value|Array item) expected/, "json_value"],
  [/^End of string/, "json_string_end"],
  [/^Invalid number/, "json_number"],
  [/^Invalid (?:escape|unicode)/, "json_escape"],
  [/^Invalid character/, "json_character"],
  [/^Expected end of input/, "json_after_end"],
];

const duplicate = /^Duplicate key '(.*)' encountered/s;

/**
 * Parses JSON, numbers as `LosslessNumber`, so that no digit is lost.
 * @throws JsonError with line and column
 */
export function parseJson(text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new JsonError(t("json_too_deep"));
    const place = /at position (\d+)$/.exec(error.message)?.[1];
    throw faultAt(text, place === undefined ? text.length : Number(place), sentence(error.message));
  }
}

function sentence(message: string): string {
  const name = duplicate.exec(message)?.[1];
  if (name !== undefined) return t("json_duplicate", name);
  const key = sayings.find(([pattern]) => pattern.test(message))?.[1];
  return key === undefined ? message : t(key);
}
