import type { Profile } from "../shared/profile.ts";

/**
 * The id of the environment a profile describes: 16 hex digits of a SHA-256 over all that decides which data it reaches.
 * Name, colour and scopes may change and the id stays; another bucket is another environment.
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
  return [...new Uint8Array(digest).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
