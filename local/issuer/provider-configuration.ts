import { type Configuration, errors, interactionPolicy, type KoaContextWithOIDC } from "oidc-provider";
import type { Person, TokenLifetimes } from "../config.ts";
import { grantAll } from "./interactions.ts";
import { GRANT_CLAIM, type IssuerStore } from "./issuer-store.ts";
import { logOut } from "./log-out.ts";
import { messagePage, PAGE_HEADERS } from "./page.ts";
import type { SigningKeys } from "./signing-keys.ts";

export interface ProviderParts {
  clientId: string;
  redirectUris: readonly string[];
  people: readonly Person[];
  lifetimes: TokenLifetimes;
  store: IssuerStore;
  keys: SigningKeys;
  /** Audiences that access tokens can be asked for, as JWTs. */
  resources: readonly string[];
}

/** oidc-provider's configuration: one public client of our own, PKCE, rotating refresh tokens, claims in the ID token. */
export function providerConfiguration(parts: ProviderParts): Configuration {
  const { clientId, redirectUris, people, lifetimes, store, keys, resources } = parts;
  return {
    adapter: store.adapter,
    jwks: keys.jwks,
    clients: [
      {
        client_id: clientId,
        client_name: "Holdall",
        // Native: loopback redirects may use any port (RFC 8252, section 7.3).
        application_type: "native",
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        redirect_uris: [...redirectUris],
        post_logout_redirect_uris: [...redirectUris],
      },
    ],
    clientDefaults: { id_token_signed_response_alg: "RS256" },
    clientAuthMethods: ["none"],
    responseTypes: ["code"],
    scopes: ["openid", "offline_access", "profile", "email"],
    claims: {
      openid: ["sub", "amr", GRANT_CLAIM],
      profile: ["name", "preferred_username"],
      email: ["email", "email_verified"],
    },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    // As hosted providers do for first-party clients: the specification would want prompt=consent each time.
    issueRefreshToken: async () => true,
    expiresWithSession: async () => false,
    ttl: {
      IdToken: lifetimes.idToken,
      AccessToken: lifetimes.accessToken,
      RefreshToken: lifetimes.refreshToken,
      Grant: lifetimes.refreshToken,
      Session: lifetimes.session,
      Interaction: 3600,
      AuthorizationCode: 60,
    },
    cookies: { keys: [keys.cookieKey], names: COOKIE_NAMES },
    features: {
      devInteractions: { enabled: false },
      resourceIndicators: resourceIndicators(resources, lifetimes.accessToken),
      revocation: { enabled: true, allowedPolicy: async () => true },
      rpInitiatedLogout: { enabled: true, logoutSource: logOut, postLogoutSuccessSource: signedOut },
    },
    interactions: { policy: firstPartyPolicy(), url: (_context, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: grantToOwnClient,
    renderError: async (context, { error, error_description }) => {
      show(context, "Sign-in cannot go on", `${error_description ?? "The request was refused"} (${error}).`);
    },
    // Auth0's word for RFC 8707's `resource`.
    extraParams: ["audience"],
    async findAccount(_context, subject, token) {
      const person = people.find((candidate) => candidate.subject === subject);
      if (person === undefined) return undefined;
      const { name, fullName, email } = person;
      return {
        accountId: subject,
        claims: async (use) => ({
          sub: subject,
          name: fullName,
          preferred_username: name,
          email,
          email_verified: true,
          ...(use === "id_token" && { [GRANT_CLAIM]: token?.grantId }),
        }),
      };
    },
  };
}

/** Access tokens for a resource are JWTs (RFC 9068); what was asked for at the sign-in counts at the token endpoint too. */
function resourceIndicators(resources: readonly string[], accessTokenTTL: number) {
  return {
    enabled: true,
    defaultResource: async ({ oidc }: KoaContextWithOIDC, _client: unknown, oneOf?: readonly string[]) => {
      const { audience } = oidc.params ?? {};
      return oneOf ?? (typeof audience === "string" ? audience : undefined);
    },
    useGrantedResource: async () => true,
    getResourceServerInfo: async (_context: KoaContextWithOIDC, resource: string) => {
      if (!resources.includes(resource)) throw new errors.InvalidTarget("There is no such resource.");
      return { scope: "", accessTokenTTL, accessTokenFormat: "jwt" as const, jwt: { sign: { alg: "RS256" as const } } };
    },
  };
}

/** Cookies of a host are shared by its ports: these are told apart from other providers' on the same machine. */
const COOKIE_NAMES = { session: "holdall_session", interaction: "holdall_interaction", resume: "holdall_resume" };

/** Native clients would be asked for consent every time, so a silent sign-in could never succeed. */
function firstPartyPolicy() {
  const policy = interactionPolicy.base();
  policy.get("consent")?.checks.remove("native_client_prompt");
  return policy;
}

async function grantToOwnClient({ oidc }: KoaContextWithOIDC) {
  const { client, session, provider, params, result } = oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const existing = result?.consent?.grantId ?? session.grantIdFor(client.clientId);
  const scope = String(params?.scope ?? "openid");
  return provider.Grant.find(await grantAll(provider, client.clientId, scope, session.accountId, existing));
}

async function signedOut(context: KoaContextWithOIDC): Promise<void> {
  show(context, "Signed out", "You can close this window.");
}

function show(context: KoaContextWithOIDC, title: string, text: string): void {
  context.set(PAGE_HEADERS);
  context.body = messagePage(title, text);
}
