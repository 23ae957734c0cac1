import { HoldallError } from "../../shared/holdall-error.ts";
import { byteLength } from "../keys.ts";
import type { Placeholders } from "./expressions.ts";

/** Bytes of UTF-8 that a sort key has at most. */
const longestSortKey = 1024;
/** The last of all characters in UTF-8's order, 4 bytes. */
const lastCharacter = "\u{10ffff}";

/**
 * Which sort keys a Query reads. DynamoDB takes one condition on the sort key, so a prefix together with a bound is a range:
 * from the bound, which is included, to behind everything that begins with the prefix.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html
 *
 * @param prefix "" for none  @param after "" for none
 * @returns null for no condition
 * @throws HoldallError `internal` when the bound does not begin with the prefix
 */
export function sortKeyCondition(use: Placeholders, sortKey: string, prefix: string, after: string): string | null {
  if (after === "") return prefix === "" ? null : `begins_with(${use.name(sortKey)},${use.value({ S: prefix })})`;
  if (prefix === "") return `${use.name(sortKey)}>${use.value({ S: after })}`;
  if (!after.startsWith(prefix)) throw new HoldallError("internal", { subs: ["a bound outside of its prefix"] });
  const [from, to] = [use.value({ S: after }), use.value({ S: behindPrefix(prefix) })];
  return `${use.name(sortKey)} BETWEEN ${from} AND ${to}`;
}

/** The greatest sort key that begins so, unless others are made of nothing but the last character. */
function behindPrefix(prefix: string): string {
  return prefix + lastCharacter.repeat(Math.floor((longestSortKey - byteLength(prefix)) / 4));
}
