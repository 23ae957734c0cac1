import type { Profile } from "../shared/profile.ts";

/**
 * Match patterns of the hosts that a profile reaches, the issuer first: for `permissions.request` and `contains`.
 * Hosts below amazonaws.com are the manifest's. Patterns carry no port: Firefox refuses them there, and Chromium grants
 * all ports without one.
 */
export function reachOf(profile: Profile): string[] {
  const { sts, s3, dynamodb } = profile.endpoints;
  const patterns = [pattern(profile.issuer)];
  if (sts !== undefined) patterns.push(pattern(sts));
  // Virtual-host style puts the bucket before the host.
  if (s3 !== undefined) patterns.push(pattern(s3, !profile.bucket.forcePathStyle));
  if (dynamodb !== undefined) patterns.push(pattern(dynamodb));
  const isAws = (host: string) => /(?:^|\.)amazonaws\.com(?:\.cn)?\/\*$/.test(host);
  const [issuer, ...others] = patterns;
  return [...new Set([...(issuer === undefined ? [] : [issuer]), ...others.filter((host) => !isAws(host))])];
}

function pattern(url: string, below = false): string {
  const { protocol, hostname } = new URL(url);
  return `${protocol}//${below ? "*." : ""}${hostname}/*`;
}
