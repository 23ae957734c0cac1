import type { RenderedSetup } from "../../src/setup/render-setup.ts";
import { setupProfile } from "../../src/setup/setup-profile.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { DIRECTORY_AUDIENCE } from "../config.ts";
import type { AccountSetups } from "./setups.ts";

export interface LocalEndpoints {
  sts: string;
  cognitoIdentity: string;
  s3: string;
  dynamodb: string;
}

/**
 * The profiles that a local build has, the active one first: *Local* by web identity, *Local pool* by the identity pool,
 * *Local roles* by web identity with a role from the directory.
 */
export function localProfiles(
  setups: AccountSetups,
  endpoints: LocalEndpoints,
  directoryUrl: string,
): [Profile, Profile, Profile] {
  const { cognitoIdentity, sts, ...storage } = endpoints;
  const profileOf = (
    { settings }: RenderedSetup,
    name: string,
    colour: string,
    more: Profile["endpoints"],
  ): Profile => {
    const profile = setupProfile(settings, { name, colour });
    const bucket = { ...profile.bucket, forcePathStyle: true };
    return { ...profile, bucket, endpoints: { ...more, ...storage } };
  };
  const local = profileOf(setups.webIdentity, "Local", "#1f7a5c", { sts });
  const pool = profileOf(setups.pool, "Local pool", "#8a4b08", { cognitoIdentity });
  const roles = profileOf(setups.webIdentity, "Local roles", "#5f3dc4", { sts });
  const role = {
    kind: "directory",
    url: `${directoryUrl}/roles`,
    audience: DIRECTORY_AUDIENCE,
    parameter: "resource",
  } as const;
  const { maxSessionSeconds } = setups.webIdentity.settings.options;
  return [local, pool, { ...roles, credentials: { kind: "webIdentity", role, durationSeconds: maxSessionSeconds } }];
}
