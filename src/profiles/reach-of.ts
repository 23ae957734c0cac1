import type { Profile } from "../shared/profile.ts";
import { tokenEndpoint } from "./token-endpoint.ts";

/**
 * Match patterns of the hosts that a profile reaches, the issuer first: for the person to read, `permissions.request` and
 * `contains`. Endpoints that the profile names are told whatever they are: below amazonaws.com, which the manifest allows,
 * anybody can have a host. AWS's own come as the manifest's pattern, since a person can take that permission away too.
 * Patterns carry no port: Firefox refuses them there, and Chromium grants all ports without one.
 */
export function reachOf(profile: Profile): string[] {
  const { s3, dynamodb } = profile.endpoints;
  const tokens = tokenEndpoint(profile);
  const patterns = [hostPattern(profile.issuer)];
  const { credentials } = profile;
  if (credentials.kind === "webIdentity" && credentials.role.kind === "directory") {
    patterns.push(hostPattern(credentials.role.url));
  }
  if (tokens !== undefined) patterns.push(hostPattern(tokens));
  // Virtual-host style puts the bucket before the host.
  if (s3 !== undefined) patterns.push(hostPattern(s3, !profile.bucket.forcePathStyle));
  if (dynamodb !== undefined) patterns.push(hostPattern(dynamodb));
  if (tokens === undefined || s3 === undefined || dynamodb === undefined) patterns.push(awsPattern(profile.region));
  return [...new Set(patterns)];
}

function awsPattern(region: string): string {
  return `https://*.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}/*`;
}

/** The match pattern of a URL's host; `below`: of the names below it. */
export function hostPattern(url: string, below = false): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${below ? "*." : ""}${hostname}/*`;
}
