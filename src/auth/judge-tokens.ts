import * as oauth from "oauth4webapi";
import { HoldallError } from "../shared/holdall-error.ts";
import { type Grant, tokenError } from "./token-error.ts";

/** What a token answer gives us. */
export interface Tokens {
  /** For a role directory, once: it is not kept. */
  accessToken: string;
  idToken: string;
  /** End of the ID token by this machine's clock, milliseconds since the epoch. */
  idTokenExpiresAt: number;
  /** Null when the provider gave none: at a refresh the old one then stays good (RFC 6749, 6). */
  refreshToken: string | null;
  subject: string;
  /** For people to read. */
  name: string;
}

/** Seconds that an ID token may seem to be from the future. */
const tolerance = 30;

/**
 * Judges a token answer all but the signature (OpenID Connect Core 3.1.3.7, 12.2). Sends nothing.
 *
 * @param nonce what was sent; null for a refresh, whose ID token need not carry one
 * @param clock this machine's clock against the provider's: corrected by `offset` ms when `known`
 * @throws HoldallError `id-token-*`, `clock-wrong`, `session-ended`, `client-refused`, `sign-in-refused`, `issuer-not-openid`
 */
export async function judgeTokens(input: {
  server: oauth.AuthorizationServer;
  clientId: string;
  response: Response;
  grant: Grant;
  nonce: string | null;
  clock: { now: number; offset: number; known: boolean };
}): Promise<Tokens> {
  const { server, clientId, response, clock, nonce } = input;
  const context = { issuer: server.issuer, clientId, grant: input.grant };
  const body: unknown = response.ok
    ? await response
        .clone()
        .json()
        .catch(() => null)
    : null;
  if (response.ok && typeof body === "object" && body !== null && !("id_token" in body)) {
    throw new HoldallError("id-token-missing", { service: "issuer" });
  }
  const client: oauth.Client = { client_id: clientId, [oauth.clockSkew]: Math.round(clock.offset / 1000) };
  let answer: oauth.TokenEndpointResponse;
  try {
    answer =
      nonce === null
        ? await oauth.processRefreshTokenResponse(server, client, response)
        : await oauth.processAuthorizationCodeResponse(server, client, response, {
            expectedNonce: nonce,
            requireIdToken: true,
          });
  } catch (error) {
    const coded = tokenError(error, context);
    // Without the provider's time to go by, a token that is stale on arrival tells of this machine's clock.
    if (coded.code === "id-token-expired" && !clock.known) throw clockError(issuedAt(error), clock.now);
    throw coded;
  }
  const claims = oauth.getValidatedIdTokenClaims(answer);
  if (claims === undefined || answer.id_token === undefined) throw new HoldallError("id-token-missing");
  if (claims.sub === "") throw new HoldallError("id-token-subject");
  // AWS reads azp before aud, so it must be ours even where OpenID Connect lets it pass.
  if (claims.azp !== undefined && claims.azp !== clientId) throw new HoldallError("id-token-audience");
  if (claims.iat * 1000 > clock.now + clock.offset + tolerance * 1000) {
    throw clock.known ? new HoldallError("id-token-expired") : clockError(claims.iat, clock.now);
  }
  return {
    accessToken: answer.access_token,
    idToken: answer.id_token,
    idTokenExpiresAt: claims.exp * 1000 - clock.offset,
    refreshToken: answer.refresh_token ?? null,
    subject: claims.sub,
    name: nameOf(claims),
  };
}

function nameOf(claims: oauth.IDToken): string {
  const candidates = [claims.name, claims.preferred_username, claims.email, claims.sub];
  const name = candidates.find((value) => typeof value === "string" && value.trim() !== "");
  return String(name).slice(0, 200);
}

function issuedAt(error: unknown): number | null {
  const cause = error instanceof Error ? error.cause : null;
  if (typeof cause !== "object" || cause === null || !("claims" in cause)) return null;
  const { claims } = cause;
  return typeof claims === "object" && claims !== null && "iat" in claims && typeof claims.iat === "number"
    ? claims.iat
    : null;
}

function clockError(iat: number | null, now: number): HoldallError {
  if (iat === null) return new HoldallError("id-token-expired");
  return new HoldallError("clock-wrong", { subs: [String(Math.round(Math.abs(now / 1000 - iat) / 60))] });
}
