import * as oauth from "oauth4webapi";
import { log } from "../shared/log.ts";
import type { Profile } from "../shared/profile.ts";
import { discover, insecureAllowed } from "./discover.ts";
import type { TokenDeps } from "./request-tokens.ts";

/** Milliseconds for all of it: what it tells the provider is already true here. */
const limit = 8000;

/**
 * After the secrets are wiped: revokes the refresh token (RFC 7009) and ends the provider's own session (OpenID Connect
 * RP-Initiated Logout). Never throws: a provider that cannot be reached keeps nobody signed in here.
 *
 * The hint goes in the body of a POST; in a URL it would lie in the browser's disk cache. Providers that want the person
 * to confirm do not end their session by this, which is why the next sign-in asks who it is (`askWho`).
 */
export async function endProviderSession(
  profile: Profile,
  tokens: { refreshToken: string | null; idToken: string | null },
  deps: TokenDeps & { fetch: typeof fetch; redirectUrl: string },
): Promise<void> {
  const signal = AbortSignal.timeout(limit);
  try {
    const server = await discover(profile.issuer, deps, signal);
    await Promise.all([revoke(server, profile, tokens.refreshToken, deps, signal), end(server, tokens.idToken)]);
  } catch (error) {
    log.warn("the provider could not be told of the sign-out", error);
  }

  async function end(server: oauth.AuthorizationServer, idToken: string | null): Promise<void> {
    if (server.end_session_endpoint === undefined) return;
    const body = new URLSearchParams({ client_id: profile.clientId });
    if (isCognito(server.end_session_endpoint)) body.set("logout_uri", deps.redirectUrl);
    else if (idToken !== null) body.set("id_token_hint", idToken);
    // Cognito knows GET alone, and its parameters are no secrets.
    const get = isCognito(server.end_session_endpoint);
    const url = get ? `${server.end_session_endpoint}?${body}` : server.end_session_endpoint;
    await deps.fetch(url, {
      ...(get ? {} : { method: "POST", body }),
      // The provider's session is its cookie.
      credentials: "include",
      redirect: "manual",
      cache: "no-store",
      signal,
    });
  }
}

async function revoke(
  server: oauth.AuthorizationServer,
  profile: Profile,
  refreshToken: string | null,
  deps: TokenDeps,
  signal: AbortSignal,
): Promise<void> {
  if (refreshToken === null || server.revocation_endpoint === undefined) return;
  const response = await oauth.revocationRequest(server, { client_id: profile.clientId }, oauth.None(), refreshToken, {
    // Revoking twice does no harm (RFC 7009, 2.2).
    [oauth.customFetch]: deps.http.fetcher(profile.issuer, "always", signal),
    [oauth.allowInsecureRequests]: insecureAllowed(profile.issuer),
    additionalParameters: { token_type_hint: "refresh_token" },
  });
  await oauth.processRevocationResponse(response);
}

function isCognito(endpoint: string): boolean {
  return /\.amazoncognito\.com$/.test(new URL(endpoint).hostname);
}
