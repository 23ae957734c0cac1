import { discover } from "../../auth/discover.ts";
import { createProviderHttp, type HttpDeps } from "../../auth/provider-http.ts";
import type { SecretStore } from "../../auth/secret-store.ts";
import type { ProfileDiscovery } from "../../messaging/profiles-protocol.ts";
import { hostPattern, reachOf } from "../../profiles/reach-of.ts";
import type { Profile } from "../../shared/profile.ts";

export interface DiscoverDeps extends HttpDeps {
  /** Where the provider's metadata is kept for the sign-in that follows. */
  store: SecretStore;
  holdsHosts(patterns: string[]): Promise<boolean>;
}

/**
 * Asks the issuer of a profile what it is, and tells which hosts are still to be allowed.
 * @throws HoldallError `issuer-unreachable`, `issuer-not-openid`, `issuer-mismatch`, `issuer-insecure`, `permission-needed`, `offline`
 */
export async function discoverProfile(profile: Profile, deps: DiscoverDeps): Promise<ProfileDiscovery> {
  const { signal } = new AbortController();
  const server = await discover(profile.issuer, { ...deps, http: createProviderHttp(deps) }, signal);
  const endpoints = [server.token_endpoint, server.jwks_uri, server.revocation_endpoint, server.end_session_endpoint];
  const told = endpoints.flatMap((url) => (url === undefined ? [] : [hostPattern(url)]));
  const needed: string[] = [];
  for (const pattern of new Set([...reachOf(profile), ...told])) {
    if (!(await deps.holdsHosts([pattern]))) needed.push(pattern);
  }
  const offered: unknown = server.scopes_supported;
  return {
    needed,
    authorizationHost: hostOf(server.authorization_endpoint),
    tokenHost: hostOf(server.token_endpoint),
    scopesMissing: Array.isArray(offered) ? profile.scopes.filter((scope) => !offered.includes(scope)) : [],
  };
}

function hostOf(url: string | undefined): string {
  return new URL(url ?? "").host;
}
