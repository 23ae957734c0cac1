import { isLoopback } from "../shared/loopback.ts";
import type { Profile } from "../shared/profile.ts";

/** STS's regional endpoints and nothing else: below amazonaws.com anybody can have a host, for example of an API gateway. */
const awsSts = /^sts\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

/**
 * The host that gets the ID token, with its port, when that is neither AWS's token service nor this machine. Whoever runs it
 * can open the role with the token, so the person is asked before such a profile is kept.
 */
export function foreignSts({ endpoints }: Profile): string | null {
  if (endpoints.sts === undefined) return null;
  const { host, hostname } = new URL(endpoints.sts);
  return awsSts.test(host) || isLoopback(hostname) ? null : host;
}
