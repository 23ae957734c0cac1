import * as oauth from "oauth4webapi";
import type { Profile } from "../shared/profile.ts";
import { audienceOf } from "./authorization-url.ts";
import { discover, insecureAllowed } from "./discover.ts";
import { judgeTokens, type Tokens } from "./judge-tokens.ts";
import type { ProviderHttp } from "./provider-http.ts";
import type { SecretStore } from "./secret-store.ts";
import { type Grant, tokenError } from "./token-error.ts";
import { verifySignature } from "./verify-signature.ts";

export interface TokenDeps {
  http: ProviderHttp;
  store: SecretStore;
  now(): number;
}

/**
 * Exchanges an authorization code (RFC 6749 4.1.3, RFC 7636).
 * @param callback as `judgeCallback` returned it
 */
export async function exchangeCode(
  input: { profile: Profile; callback: URLSearchParams; redirectUrl: string; verifier: string; nonce: string },
  deps: TokenDeps,
  signal: AbortSignal,
): Promise<Tokens> {
  const { profile, callback, redirectUrl, verifier, nonce } = input;
  return await request("code", profile, nonce, deps, signal, (server, client, options) =>
    oauth.authorizationCodeGrantRequest(server, client, oauth.None(), callback, redirectUrl, verifier, {
      ...options,
      additionalParameters: audienceOf(profile),
    }),
  );
}

/**
 * Uses a refresh token (RFC 6749 6). A rotating one is used up by this, whether the answer arrives or not: its caller
 * sees to it that there is one user at a time, and stores the new one before doing anything else.
 * @throws HoldallError `session-ended` for `invalid_grant`; as `judgeTokens`
 */
export async function refreshTokens(
  profile: Profile,
  refreshToken: string,
  deps: TokenDeps,
  signal: AbortSignal,
): Promise<Tokens> {
  return await request("refresh", profile, null, deps, signal, (server, client, options) =>
    oauth.refreshTokenGrantRequest(server, client, oauth.None(), refreshToken, options),
  );
}

async function request(
  grant: Grant,
  profile: Profile,
  nonce: string | null,
  deps: TokenDeps,
  signal: AbortSignal,
  send: (
    server: oauth.AuthorizationServer,
    client: oauth.Client,
    options: oauth.TokenEndpointRequestOptions,
  ) => Promise<Response>,
): Promise<Tokens> {
  const { issuer, clientId } = profile;
  const server = await discover(issuer, deps, signal);
  let response: Response;
  try {
    response = await send(
      server,
      { client_id: clientId },
      {
        [oauth.customFetch]: deps.http.fetcher(issuer, "refused", signal),
        [oauth.allowInsecureRequests]: insecureAllowed(issuer),
      },
    );
  } catch (error) {
    throw tokenError(error, { issuer, clientId, grant });
  }
  const clock = { now: deps.now(), offset: deps.http.clockOffset(), known: deps.http.clockKnown() };
  const tokens = await judgeTokens({ server, clientId, response, grant, nonce, clock });
  await verifySignature(server, response, deps, signal);
  return tokens;
}
