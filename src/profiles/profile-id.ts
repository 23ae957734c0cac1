import type { Profile } from "../shared/profile.ts";

/**
 * The id of the environment a profile describes: the SHA-256, in hex, of all that decides which data it reaches.
 * Name, colour and scopes may change and the id stays; another bucket is another environment. The whole digest: whoever finds
 * two profiles of one id could have the second take over the session of the first.
 */
export async function profileId(profile: Profile): Promise<string> {
  const { sts = "", cognitoIdentity, s3 = "", dynamodb = "" } = profile.endpoints;
  const parts = [
    profile.issuer,
    profile.clientId,
    access(profile),
    profile.region,
    profile.bucket.name,
    profile.table.name,
    sts,
    s3,
    dynamodb,
    // Version 1 had none: its ids stay as they are.
    ...(cognitoIdentity === undefined ? [] : [cognitoIdentity]),
  ];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(parts)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What stands for the way to credentials. A list of roles may grow, and stays the same environment. */
function access({ credentials }: Profile): string {
  if (credentials.kind === "identityPool") return credentials.identityPoolId;
  const { role } = credentials;
  if (role.kind === "fixed") return role.arn;
  return role.kind === "list" ? "roles of the profile" : role.url;
}
