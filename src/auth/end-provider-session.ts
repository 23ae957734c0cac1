import * as oauth from "oauth4webapi";
import { log } from "../shared/log.ts";
import type { Profile } from "../shared/profile.ts";
import type { AuthorizeDeps } from "./authorize.ts";
import { discover, insecureAllowed } from "./discover.ts";

/** Milliseconds for each of its two halves: what it tells the provider is already true here. */
const limit = 8000;

type EndDeps = Pick<AuthorizeDeps, "http" | "store" | "now" | "fetch" | "launch" | "redirectUrl">;

/**
 * After the secrets are wiped: revokes the refresh token (RFC 7009) and ends the provider's own session (OpenID Connect
 * RP-Initiated Logout). Never throws: a provider that cannot be reached keeps nobody signed in here. Providers that want
 * the person to confirm do not end their session by this, which is why the next sign-in asks who it is (`askWho`).
 */
export async function endProviderSession(
  profile: Profile,
  tokens: { refreshToken: string | null; idToken: string | null },
  deps: EndDeps,
): Promise<void> {
  const signal = AbortSignal.timeout(limit);
  try {
    const server = await discover(profile.issuer, deps, signal);
    await revoke(server, profile, tokens.refreshToken, deps, signal).catch((error) => log.warn("revocation", error));
    const endpoint = server.end_session_endpoint;
    if (endpoint === undefined) return;
    if (tokens.idToken !== null && (await endByHint(endpoint, profile, tokens.idToken, deps, signal))) return;
    await Promise.race([endByBrowser(endpoint, profile, deps), new Promise((resolve) => setTimeout(resolve, limit))]);
  } catch (error) {
    log.warn("the provider could not be told of the sign-out", error);
  }
}

/** Revokes the refresh token and nothing else: the provider still knows the person. Never throws. */
export async function revokeTokens(profile: Profile, refreshToken: string | null, deps: EndDeps): Promise<void> {
  if (refreshToken === null) return;
  const signal = AbortSignal.timeout(limit);
  try {
    await revoke(await discover(profile.issuer, deps, signal), profile, refreshToken, deps, signal);
  } catch (error) {
    log.warn("revocation", error);
  }
}

/**
 * The hint goes in the body of a POST; in a URL it would lie in the browser's disk cache.
 * @returns true when the provider went on without asking the person; false when it asks, or knows no POST
 */
async function endByHint(
  endpoint: string,
  profile: Profile,
  idToken: string,
  deps: EndDeps,
  signal: AbortSignal,
): Promise<boolean> {
  if (isCognito(endpoint)) return false;
  const body = new URLSearchParams({
    client_id: profile.clientId,
    id_token_hint: idToken,
    post_logout_redirect_uri: deps.redirectUrl,
  });
  // The provider's session is its cookie. The redirect's target does not exist, so it is not followed.
  const request = {
    method: "POST",
    body,
    credentials: "include",
    redirect: "manual",
    cache: "no-store",
    signal,
  } as const;
  const response = await deps.fetch(endpoint, request).catch(() => null);
  return response?.type === "opaqueredirect";
}

/** A silent run through the browser, whose cookies count everywhere. No secret is in the URL. */
async function endByBrowser(endpoint: string, profile: Profile, deps: EndDeps): Promise<void> {
  const url = new URL(endpoint);
  url.searchParams.set("client_id", profile.clientId);
  url.searchParams.set(isCognito(endpoint) ? "logout_uri" : "post_logout_redirect_uri", deps.redirectUrl);
  await deps.launch(url.href, false);
}

async function revoke(
  server: oauth.AuthorizationServer,
  profile: Profile,
  refreshToken: string | null,
  deps: EndDeps,
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
