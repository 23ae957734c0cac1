import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";

/** Who asks the provider: told in `user-agent`, so that the log tells the services' requests from the extension's. */
export type Asker = "sts" | "cognito-identity" | "directory";

export const ASKERS: readonly string[] = ["sts", "cognito-identity", "directory"] satisfies Asker[];

/** The provider's discovery document or keys could not be had. */
export class ProviderUnreachable extends Error {
  override name = "ProviderUnreachable";
}

/**
 * The keys that a provider publishes: discovered at the first token, then kept, and asked for again when a token names a
 * key that is not among them.
 */
export class ProviderKeys {
  #keys: JWTVerifyGetKey | null = null;

  constructor(
    private readonly issuer: string,
    private readonly asker: Asker,
  ) {}

  /** @throws {ProviderUnreachable} */
  async get(): Promise<JWTVerifyGetKey> {
    this.#keys ??= await discoverKeys(this.issuer, this.asker);
    return this.#keys;
  }
}

async function discoverKeys(issuer: string, asker: Asker): Promise<JWTVerifyGetKey> {
  const url = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const headers = { "user-agent": asker };
  try {
    const answer = await fetch(url, { headers, redirect: "error", signal: AbortSignal.timeout(5_000) });
    const metadata: unknown = answer.ok ? await answer.json() : null;
    if (typeof metadata === "object" && metadata !== null && "jwks_uri" in metadata) {
      // No cooldown: a token signed with a key that was published a moment ago is good.
      return createRemoteJWKSet(new URL(String(metadata.jwks_uri)), { headers, cooldownDuration: 0 });
    }
  } catch (cause) {
    throw new ProviderUnreachable("The provider's discovery document cannot be read.", { cause });
  }
  throw new ProviderUnreachable("The provider's discovery document names no keys.");
}
