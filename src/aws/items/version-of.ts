import type { Attributes } from "../../shared/attribute-value.ts";
import { revisionName } from "./write-plan.ts";

/** Of an item that has no `rev`: another program wrote it. */
export const unversioned = "0";

export function versionOf(attributes: Attributes): string {
  const rev = attributes[revisionName];
  return rev !== undefined && "N" in rev ? rev.N : unversioned;
}
