import { join } from "node:path";
import type { JWTPayload } from "jose";
import Provider from "oidc-provider";
import type { Person, TokenLifetimes } from "../config.ts";
import type { World } from "../control/world.ts";
import type { Handler } from "../http/listen.ts";
import { createIssuerHandler } from "./issuer-handler.ts";
import { GRANT_CLAIM, IssuerStore } from "./issuer-store.ts";
import { mintToken, type TokenWishes } from "./mint-token.ts";
import { type IssuerBehaviour, misbehave, WELL_BEHAVED } from "./misbehaviour.ts";
import { providerConfiguration } from "./provider-configuration.ts";
import { SigningKeys } from "./signing-keys.ts";

export interface IssuerOptions {
  /** The provider's URL and `iss`. */
  url: string;
  dataDir: string;
  clientId: string;
  redirectUris: readonly string[];
  people: readonly Person[];
  lifetimes: TokenLifetimes;
  /** Audiences that access tokens can be asked for. */
  resources: readonly string[];
  world: World;
}

export interface Issuer {
  handler: Handler;
  /** What tests switch; counts from the next request on. */
  behaviour: IssuerBehaviour;
  mint(wishes: TokenWishes): Promise<string>;
  /** Signs with a new key from now on; with `forget` the old one is not published any more. */
  rotateKeys(options: { forget: boolean }): Promise<void>;
  /** Takes back a person's grants and tokens; returns how many records went. */
  revoke(subject: string, options: { sessions: boolean }): Promise<number>;
  /** Whether the grant that an ID token came from was taken back. */
  isRevoked(claims: JWTPayload): boolean;
  close(): Promise<void>;
}

/** A real OpenID provider whose grants, sessions and keys outlive a restart. */
export async function createIssuer(options: IssuerOptions): Promise<Issuer> {
  const { url, dataDir, people, world } = options;
  const store = await IssuerStore.open(join(dataDir, "records.json"));
  const keys = await SigningKeys.open(join(dataDir, "keys.json"));
  // A provider reads its keys once: rotation makes a new one over the same store.
  const behaviour = { ...WELL_BEHAVED };
  const build = () => {
    const built = new Provider(url, providerConfiguration({ ...options, store, keys }));
    built.use(misbehave(behaviour));
    return built;
  };
  let provider = build();
  return {
    behaviour,
    handler: createIssuerHandler({ provider: () => provider, people, world }),
    mint: (wishes) => mintToken(url, { keys, store }, wishes),
    async rotateKeys(rotation) {
      await keys.rotate(rotation);
      provider = build();
    },
    revoke: (subject, what) => store.revoke(subject, what),
    isRevoked: (claims) => {
      const grantId = claims[GRANT_CLAIM];
      return typeof grantId === "string" && !store.hasGrant(grantId);
    },
    close: () => store.close(),
  };
}
