/** The version that this build writes. */
export const profileVersion = 2;

/** One rung: a profile of version n as one of version n + 1. What is wrong in it stays wrong, for the schema to say. */
interface Rung {
  lift(profile: object): object;
  /** Where the older text has what the newer one has at `path`. */
  writtenAs(path: string): string;
}

const ladder: Record<number, Rung> = {
  // Version 1 knew one role and nothing else.
  1: {
    lift(profile) {
      const credentials = "credentials" in profile ? profile.credentials : undefined;
      if (typeof credentials !== "object" || credentials === null || Array.isArray(credentials)) {
        return { ...profile, holdall: 2 };
      }
      const { roleArn, ...rest } = credentials as { roleArn?: unknown };
      return { ...profile, holdall: 2, credentials: { ...rest, role: { kind: "fixed", arn: roleArn } } };
    },
    writtenAs: (path) => (path === "credentials.role.arn" ? "credentials.roleArn" : path),
  },
};

/**
 * A profile of any version as one of the present one. What is no profile comes back as it is.
 * `writtenAs`: a path of the result as the given one has it, for messages about it.
 */
export function migrateProfile(profile: object): { migrated: object; writtenAs: (path: string) => string } {
  let migrated = profile;
  const rungs: Rung[] = [];
  while ("holdall" in migrated) {
    const rung = typeof migrated.holdall === "number" ? ladder[migrated.holdall] : undefined;
    if (rung === undefined) break;
    rungs.push(rung);
    migrated = rung.lift(migrated);
  }
  return { migrated, writtenAs: (path) => rungs.reduceRight((text, rung) => rung.writtenAs(text), path) };
}
