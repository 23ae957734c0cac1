import type { RoleApplication, RoleChoice } from "../../messaging/session-protocol.ts";
import type { Placed } from "../lines-between.ts";

/** A heading or a role, where it stands in the list. `index` counts the roles alone. */
export type RoleLine = Placed & { group: number } & (
    | { heading: string }
    /** `id`: two applications may name one role. */
    | { role: RoleChoice; index: number; id: string }
  );

/** Pixels; as in roles.css. */
const heights = { heading: 32, short: 52, described: 68 };

/** Every word of `query` is in the role's name, description or path, or in its application's name; long ones also in its ARN. */
function matches(role: RoleChoice, application: string, words: string[]): boolean {
  const path = role.arn.slice(role.arn.indexOf("/") + 1);
  const text = `${role.name} ${role.description ?? ""} ${path} ${application}`.toLocaleLowerCase();
  // Two digits are in most account numbers.
  return words.every((word) => text.includes(word) || (word.length > 4 && role.arn.toLowerCase().includes(word)));
}

/** The roles that `query` leaves, under the names of their applications; one that has none left, or no name, has no heading. */
export function roleLines(applications: RoleApplication[], query: string): RoleLine[] {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const lines: RoleLine[] = [];
  let top = 0;
  let index = 0;
  for (const [group, { name, roles }] of applications.entries()) {
    const found = words.length === 0 ? roles : roles.filter((role) => matches(role, name, words));
    if (found.length > 0 && name !== "") {
      lines.push({ heading: name, group, top, height: heights.heading });
      top += heights.heading;
    }
    for (const role of found) {
      const height = role.description ? heights.described : heights.short;
      lines.push({ role, index, id: `${group} ${role.arn}`, group, top, height });
      index += 1;
      top += height;
    }
  }
  return lines;
}
