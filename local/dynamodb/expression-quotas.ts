import { validationError } from "./errors.ts";
import type { JsonObject } from "./types.ts";

/** Bytes of any expression, and operators or functions of an update expression. */
const longest = 4096;
const mostOperators = 300;

const expressions = [
  "ConditionExpression",
  "FilterExpression",
  "KeyConditionExpression",
  "ProjectionExpression",
  "UpdateExpression",
];

/**
 * dynalite takes expressions of any length. The texts of these errors are ours.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html "Expression parameters"
 * @throws ValidationException
 */
export function checkExpressionQuotas(input: JsonObject): void {
  for (const name of expressions) {
    const text = input[name];
    if (typeof text !== "string") continue;
    const size = Buffer.byteLength(text);
    if (size > longest) {
      throw validationError(
        `Invalid ${name}: Expression size has exceeded the maximum allowed size; expression size: ${size}`,
      );
    }
    if (name !== "UpdateExpression") continue;
    const operators = text.match(/[=+-]|\b(?:if_not_exists|list_append)\s*\(/g)?.length ?? 0;
    if (operators > mostOperators) {
      throw validationError(
        `Invalid ${name}: The expression contains too many operators or functions; operator count: ${operators}`,
      );
    }
  }
}
