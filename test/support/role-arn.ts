import type { Profile } from "../../src/shared/profile.ts";

/** The one role of a profile that leaves no choice. */
export function roleArnOf({ credentials }: Pick<Profile, "credentials">): string {
  if (credentials.kind !== "webIdentity" || credentials.role.kind !== "fixed") throw new Error("no fixed role");
  return credentials.role.arn;
}

/** The same profile with another role. */
export function withRole(profile: Profile, arn: string): Profile {
  return { ...profile, credentials: { kind: "webIdentity", role: { kind: "fixed", arn }, durationSeconds: 3600 } };
}
