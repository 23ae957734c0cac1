import * as oauth from "oauth4webapi";
import type { Profile } from "../shared/profile.ts";

/** What has to be remembered while the sign-in window is open. `verifier` is a secret. */
export interface PendingSignIn {
  state: string;
  nonce: string;
  verifier: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  interactive: boolean;
  /** The person signed out before: the provider must ask who it is, though it may remember somebody. */
  askWho: boolean;
  /** The person wants to be somebody else: the provider lets them choose. */
  another: boolean;
}

export function newPendingSignIn(options: {
  now: number;
  interactive: boolean;
  askWho: boolean;
  another: boolean;
}): PendingSignIn {
  return {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
    startedAt: options.now,
    interactive: options.interactive,
    askWho: options.askWho,
    another: options.another,
  };
}

/**
 * The authorization request (OpenID Connect Core 3.1.2.1, RFC 7636 with S256).
 * Neither a token nor an `id_token_hint` is in it: the browser keeps the URL in its history.
 */
export async function authorizationUrl(
  server: oauth.AuthorizationServer,
  profile: Profile,
  pending: PendingSignIn,
  redirectUrl: string,
): Promise<string> {
  const scopes = scopesFor(server, profile);
  const url = new URL(String(server.authorization_endpoint));
  const parameters: Record<string, string | null> = {
    client_id: profile.clientId,
    redirect_uri: redirectUrl,
    response_type: "code",
    scope: scopes.join(" "),
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: "S256",
    prompt: promptFor(server, pending, scopes),
    ...audienceOf(profile),
  };
  for (const [name, value] of Object.entries(parameters)) if (value !== null) url.searchParams.set(name, value);
  return url.href;
}

/** Amazon Cognito and others answer `invalid_scope` to `offline_access`, and say so in their metadata. */
function scopesFor(server: oauth.AuthorizationServer, profile: Profile): string[] {
  const { scopes_supported: supported } = server;
  if (!Array.isArray(supported) || supported.includes("offline_access")) return profile.scopes;
  return profile.scopes.filter((scope) => scope !== "offline_access");
}

/** Whom the access token is for, where a role directory wants one: RFC 8707, or Auth0's own parameter. */
export function audienceOf({ credentials }: Profile): Record<string, string> {
  if (credentials.kind !== "webIdentity" || credentials.role.kind !== "directory") return {};
  const { audience, parameter } = credentials.role;
  return parameter === "none" ? {} : { [parameter]: audience };
}

function promptFor(server: oauth.AuthorizationServer, pending: PendingSignIn, scopes: string[]): string | null {
  if (!pending.interactive) return "none";
  const chooses = pending.another && choosesAccount(server);
  const prompts = pending.askWho || (pending.another && !chooses) ? ["login"] : [];
  if (chooses) prompts.push("select_account");
  // OpenID Connect Core 11: without consent the provider must leave offline_access out.
  if (scopes.includes("offline_access")) prompts.push("consent");
  return prompts.length > 0 ? prompts.join(" ") : null;
}

/** Providers that do not know the word refuse the request. (OpenID Connect Initiating User Registration 1.0 names the metadata.) */
function choosesAccount({ prompt_values_supported: prompts }: oauth.AuthorizationServer): boolean {
  return Array.isArray(prompts) && prompts.includes("select_account");
}
