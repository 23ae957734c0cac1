import type { Attributes, AttributeValue } from "../../shared/attribute-value.ts";
import { withoutRev } from "../item-json/without-rev.ts";

/** What an item holds, in one line: its first scalars, by name. */
export function itemSummary(attributes: Attributes): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(withoutRev(attributes))) {
    const text = scalar(value);
    if (text !== null) parts.push(`${name}: ${text}`);
    if (parts.length === 3) break;
  }
  return parts.length > 0 ? parts.join(" · ") : Object.keys(withoutRev(attributes)).slice(0, 4).join(" · ");
}

function scalar(value: AttributeValue): string | null {
  if ("S" in value) return value.S.slice(0, 80);
  if ("N" in value) return value.N;
  if ("BOOL" in value) return String(value.BOOL);
  return null;
}
