import { t } from "../../platform/i18n.ts";

/** What is wrong with a text in the editor, and where. */
export class JsonError extends Error {
  override name = "JsonError";
  constructor(
    /** A sentence for the person. */
    message: string,
    /** Where to put the caret, in UTF-16 units; null when the fault has a path but no place. */
    readonly position: number | null = null,
  ) {
    super(message);
  }
}

/** Line and column of `position`, both from 1, as editors count. */
export function lineAndColumn(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, position);
  return { line: before.split("\n").length, column: position - before.lastIndexOf("\n") };
}

/** A fault at a place in the text. */
export function faultAt(text: string, position: number, sentence: string): JsonError {
  const { line, column } = lineAndColumn(text, position);
  return new JsonError(t("json_at", line, column, sentence), position);
}

/** A fault of the value at `path`, for example `["tags", "0"]`. */
export function faultOf(path: string[], sentence: string): JsonError {
  return new JsonError(path.length === 0 ? sentence : t("json_in", path.join("."), sentence));
}
