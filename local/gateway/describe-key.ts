import type { Authorization } from "../service.ts";
import { decodePercent } from "./request-target.ts";

/** What a request is about, for the log: the object key, or the partition keys; null when there is none. */
export function describeKey(
  service: "s3" | "dynamodb",
  rawPath: string,
  authorizations: readonly Authorization[],
): string | null {
  if (service === "s3") {
    const key = decodePercent(rawPath).replace(/^\/[^/]*\/?/, "");
    return key === "" ? null : key;
  }
  const keys = authorizations.flatMap(({ context }) => context["dynamodb:LeadingKeys"] ?? []);
  return keys.length === 0 ? null : [...new Set(keys)].join(", ");
}
