import type { Profile } from "../shared/profile.ts";

/**
 * The id of the environment a profile describes: the SHA-256, in hex, of all that decides which data it reaches.
 * Name, colour and scopes may change and the id stays; another bucket is another environment. The whole digest: whoever finds
 * two profiles of one id could have the second take over the session of the first.
 */
export async function profileId(profile: Profile): Promise<string> {
  const { sts = "", s3 = "", dynamodb = "" } = profile.endpoints;
  const parts = [
    profile.issuer,
    profile.clientId,
    profile.credentials.roleArn,
    profile.region,
    profile.bucket.name,
    profile.table.name,
    sts,
    s3,
    dynamodb,
  ];
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(JSON.stringify(parts)));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
