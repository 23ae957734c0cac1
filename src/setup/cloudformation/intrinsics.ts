import { cutAtUnknowns, type Unknown } from "../unknowns.ts";

/** Plain JSON. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** What CloudFormation calls what only it knows. `IdentityPool` is a resource of the template. */
const NAMES: Record<Unknown, string> = {
  account: "AWS::AccountId",
  region: "AWS::Region",
  identityPool: "IdentityPool",
};

/**
 * A text that CloudFormation completes. `${!…}` is its spelling of a `${…}` that it shall leave alone, such as IAM's policy
 * variables. (CloudFormation, `Fn::Sub`.)
 */
export function completed(text: string): Json {
  const parts = cutAtUnknowns(text);
  if (parts.every((part) => typeof part === "string")) return text;
  const [first] = parts;
  if (parts.length === 1 && typeof first === "object") return { Ref: NAMES[first.unknown] };
  const pattern = parts.map((part) =>
    typeof part === "string" ? part.replaceAll("${", "${!") : `\${${NAMES[part.unknown]}}`,
  );
  return { "Fn::Sub": pattern.join("") };
}

/** Every text in `value` completed. */
export function withIntrinsics(value: unknown): Json {
  if (typeof value === "string") return completed(value);
  if (Array.isArray(value)) return value.map(withIntrinsics);
  if (typeof value !== "object" || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withIntrinsics(one)]));
}
