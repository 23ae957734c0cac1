import { isLoopback } from "../shared/loopback.ts";
import type { Profile } from "../shared/profile.ts";
import { tokenEndpoint } from "./token-endpoint.ts";

/** Regional endpoints of the two services and nothing else: below amazonaws.com anybody can have a host, for example of an API gateway. */
const awsOwn = /^(?:sts|cognito-identity)\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

/**
 * The host that gets the ID token, with its port, when that is neither AWS's token service nor this machine. Whoever runs it
 * can open the role with the token, so the person is asked before such a profile is kept.
 */
export function foreignSts(profile: Profile): string | null {
  const endpoint = tokenEndpoint(profile);
  if (endpoint === undefined) return null;
  const { host, hostname } = new URL(endpoint);
  return awsOwn.test(host) || isLoopback(hostname) ? null : host;
}
