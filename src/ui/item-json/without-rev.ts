import type { Attributes } from "../../shared/attribute-value.ts";

/** The attributes without `rev`, the version that Holdall counts and that travels in `basis`. A `rev` of another type is the person's own. */
export function withoutRev(attributes: Attributes): Attributes {
  const { rev, ...rest } = attributes;
  return rev !== undefined && "N" in rev ? rest : attributes;
}
