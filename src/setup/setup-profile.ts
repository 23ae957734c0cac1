import type { Profile } from "../shared/profile.ts";
import { poolId } from "./identity-pool.ts";
import { roleArn } from "./issuer.ts";
import { type ProfileLook, profileLook } from "./profile-look.ts";
import type { SetupSettings } from "./settings.ts";

/** The profile that makes the extension use what setup made. Holds no secret. */
export function setupProfile(settings: SetupSettings, { name, colour }: ProfileLook = profileLook(settings)): Profile {
  const { partitionKey, sortKey, maxSessionSeconds } = settings.options;
  return {
    holdall: 2,
    name,
    colour,
    issuer: settings.issuer,
    clientId: settings.clientId,
    scopes: ["openid", "profile", "email", "offline_access"],
    region: settings.region,
    credentials:
      settings.credentials === "identityPool"
        ? { kind: "identityPool", identityPoolId: poolId(settings) }
        : {
            kind: "webIdentity",
            role: { kind: "fixed", arn: roleArn(settings) },
            durationSeconds: maxSessionSeconds,
          },
    table: { name: settings.table, partitionKey, sortKey },
    bucket: { name: settings.bucket, forcePathStyle: false, checksum: "crc32" },
    endpoints: {},
  };
}
