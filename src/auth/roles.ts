import type { RoleApplication, RoleChoice } from "../messaging/session-protocol.ts";
import type { Role } from "../shared/profile.ts";
import type { SessionRecord } from "./session-record.ts";

/** Where the ARN of the role that was used last is remembered, in `storage.local`. */
export const rememberedKey = (profileId: string) => `role/${profileId}`;

export function countRoles(applications: RoleApplication[] | null): number {
  return (applications ?? []).reduce((count, { roles }) => count + roles.length, 0);
}

/** The first of that ARN; null when nobody offers it. */
export function findRole(applications: RoleApplication[] | null, arn: string | null): RoleChoice | null {
  for (const { roles } of applications ?? []) {
    const found = roles.find((role) => role.arn === arn);
    if (found !== undefined) return found;
  }
  return null;
}

/** The role in use, where there was a choice. */
export function roleInUse(record: SessionRecord | null): (Role & { of: number }) | null {
  const role = findRole(record?.applications ?? null, record?.role ?? null);
  if (role === null) return null;
  return { arn: role.arn, name: role.name, of: countRoles(record?.applications ?? null) };
}

/** A group without a name, as a profile's own list is one. */
export function oneGroup(roles: Role[]): RoleApplication[] {
  return [{ name: "", roles: roles.map(({ arn, name }) => ({ arn, name, description: null })) }];
}

/** For a role of which nothing but the ARN is known. */
export function namedByArn(arn: string): Role {
  return { arn, name: arn.slice(arn.lastIndexOf("/") + 1).slice(0, 60) };
}
