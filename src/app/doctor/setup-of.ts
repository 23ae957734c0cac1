import type { SetupSettings } from "../../setup/settings.ts";
import type { Profile, Role } from "../../shared/profile.ts";

/** Stands where the profile does not tell the account. */
const unknownAccount = "ACCOUNT";

/**
 * The settings that the profile's environment was set up with, as far as a profile tells: what setup renders from them is what
 * the environment should have.
 * @param role in use, where the person chose it
 */
export function setupOf(profile: Profile, role: Role | undefined): SetupSettings {
  const { credentials, table } = profile;
  const fixed = credentials.kind === "webIdentity" && credentials.role.kind === "fixed" ? credentials.role.arn : "";
  const [, partition, account, roleName] =
    /^arn:([\w-]+):iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(role?.arn ?? fixed) ?? [];
  return {
    issuer: profile.issuer,
    clientId: profile.clientId,
    bucket: profile.bucket.name,
    table: table.name,
    region: profile.region,
    account: account ?? unknownAccount,
    credentials: credentials.kind,
    options: {
      partition: partition ?? (profile.region.startsWith("cn-") ? "aws-cn" : "aws"),
      roleName: roleName ?? "",
      partitionKey: table.partitionKey,
      sortKey: table.sortKey,
      noncurrentDays: 30,
      maxSessionSeconds: 3600,
      kmsKeyArn: null,
      identityPoolId: credentials.kind === "identityPool" ? credentials.identityPoolId : null,
    },
  };
}
