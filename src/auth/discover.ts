import * as oauth from "oauth4webapi";
import { HoldallError } from "../shared/holdall-error.ts";
import { isLoopback } from "../shared/loopback.ts";
import type { ProviderHttp } from "./provider-http.ts";
import type { SecretStore } from "./secret-store.ts";

/** Milliseconds that a discovery document is used without asking again. */
const freshFor = 3_600_000;

/** True when the issuer may be spoken to without TLS, because it is this machine. */
export function insecureAllowed(issuer: string): boolean {
  return isLoopback(new URL(issuer).hostname);
}

/**
 * The provider's metadata (OpenID Connect Discovery 1.0), from memory or from the provider.
 * @throws HoldallError `issuer-not-openid`, `issuer-mismatch`, `issuer-unreachable`, `issuer-insecure`, `offline`
 */
export async function discover(
  issuer: string,
  deps: { http: ProviderHttp; store: SecretStore; now(): number },
  signal: AbortSignal,
): Promise<oauth.AuthorizationServer> {
  const key = `discovery/${issuer}`;
  const kept = await deps.store.get(key);
  if (isKept(kept) && kept.metadata.issuer === issuer && deps.now() - kept.at < freshFor && kept.at <= deps.now()) {
    return kept.metadata;
  }
  const response = await oauth.discoveryRequest(new URL(issuer), {
    [oauth.customFetch]: deps.http.fetcher(issuer, "always", signal),
    [oauth.allowInsecureRequests]: insecureAllowed(issuer),
  });
  const metadata = await judgeDiscovery(issuer, response);
  await deps.store.set(key, { metadata, at: deps.now() });
  return metadata;
}

/** @throws HoldallError `issuer-not-openid`, `issuer-mismatch`, `issuer-insecure` */
async function judgeDiscovery(issuer: string, response: Response): Promise<oauth.AuthorizationServer> {
  const notOpenId = new HoldallError("issuer-not-openid", {
    subs: [issuer],
    service: "issuer",
    status: response.status,
  });
  if (response.status !== 200) throw notOpenId;
  const metadata: unknown = await response.json().catch(() => null);
  if (typeof metadata !== "object" || metadata === null || !("issuer" in metadata)) throw notOpenId;
  // Byte for byte, closing slash included: IAM's condition keys are made of it.
  if (metadata.issuer !== issuer) {
    throw new HoldallError("issuer-mismatch", { subs: [issuer, String(metadata.issuer)], service: "issuer" });
  }
  const server = metadata as oauth.AuthorizationServer;
  const needed = [server.authorization_endpoint, server.token_endpoint, server.jwks_uri];
  const offered = [server.revocation_endpoint, server.end_session_endpoint].filter((url) => url !== undefined);
  for (const url of [...needed, ...offered]) {
    if (typeof url !== "string" || !URL.canParse(url)) throw notOpenId;
    const { protocol, hostname } = new URL(url);
    if (protocol !== "https:" && !(protocol === "http:" && isLoopback(hostname))) {
      throw new HoldallError("issuer-insecure", { subs: [url], service: "issuer" });
    }
  }
  return server;
}

function isKept(value: unknown): value is { metadata: oauth.AuthorizationServer; at: number } {
  return typeof value === "object" && value !== null && "metadata" in value && "at" in value;
}
