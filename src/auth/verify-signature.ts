import * as oauth from "oauth4webapi";
import { HoldallError } from "../shared/holdall-error.ts";
import { insecureAllowed } from "./discover.ts";
import type { ProviderHttp } from "./provider-http.ts";
import type { SecretStore } from "./secret-store.ts";

/** Milliseconds: keys younger than this are not fetched again for a token that does not fit them. */
const settled = 10_000;

/**
 * Checks the ID token of a judged token answer against the provider's published keys. The keys are kept in
 * `storage.session`; when the kept ones do not fit, the provider may have rotated them: they are fetched again, once.
 * @param response the very object that oauth4webapi processed: it knows the token by it
 * @throws HoldallError `id-token-signature`, `id-token-algorithm`, `issuer-unreachable`, `offline`
 */
export async function verifySignature(
  server: oauth.AuthorizationServer,
  response: Response,
  deps: { http: ProviderHttp; store: SecretStore; now(): number },
  signal: AbortSignal,
): Promise<void> {
  const key = `keys/${server.issuer}`;
  const options = {
    [oauth.customFetch]: deps.http.fetcher(server.issuer, "always", signal),
    [oauth.allowInsecureRequests]: insecureAllowed(server.issuer),
  };
  async function verify(cache: oauth.JWKSCacheInput): Promise<void> {
    // A copy each time: oauth4webapi remembers keys by the metadata object, and we want to decide what is remembered.
    await oauth.validateApplicationLevelSignature({ ...server }, response, { ...options, [oauth.jwksCache]: cache });
    await deps.store.set(key, cache);
  }

  const kept = await deps.store.get(key);
  const cache: oauth.JWKSCacheInput = isKeys(kept) ? kept : {};
  const keptAt = isKeys(kept) ? kept.uat * 1000 : null;
  try {
    await verify(cache);
  } catch (error) {
    if (error instanceof HoldallError) throw error;
    if (error instanceof oauth.UnsupportedOperationError) throw new HoldallError("id-token-algorithm");
    if (keptAt === null || deps.now() - keptAt < settled) throw new HoldallError("id-token-signature");
    await verify({}).catch((second: unknown) => {
      throw second instanceof HoldallError ? second : new HoldallError("id-token-signature");
    });
  }
}

function isKeys(value: unknown): value is oauth.ExportedJWKSCache {
  return (
    typeof value === "object" && value !== null && "jwks" in value && "uat" in value && typeof value.uat === "number"
  );
}
