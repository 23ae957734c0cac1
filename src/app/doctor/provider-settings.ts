/** Where each provider's console keeps what Holdall needs: names of menus as the consoles write them, in English. */
import { t } from "../../platform/i18n.ts";
import type { ProviderFamily } from "../../shared/provider-family.ts";
import { redirectUrls } from "../../shared/redirect-urls.ts";
import { type Change, changeOf } from "../checks/change.ts";

const redirectPlaces: Record<ProviderFamily, string | null> = {
  auth0: "Auth0 › Applications › (the client) › Settings › Allowed Callback URLs",
  entra:
    "Microsoft Entra › App registrations › (the client) › Authentication › Single-page application › Redirect URIs",
  okta: "Okta › Applications › (the client) › General › Login › Sign-in redirect URIs",
  cognito:
    "Amazon Cognito › User pools › (the pool) › App clients › (the client) › Login pages › Allowed callback URLs",
  keycloak: "Keycloak › Clients › (the client) › Settings › Valid redirect URIs",
  google: "Google Cloud › APIs & Services › Credentials › (the client) › Authorized redirect URIs",
  other: null,
};

const kindPlaces: Record<ProviderFamily, string | null> = {
  auth0: "Auth0 › Applications › (the client) › Settings › Application Type: Single Page Application",
  entra: "Microsoft Entra › App registrations › (the client) › Authentication › Single-page application",
  okta: "Okta › Applications › (the client) › General › Client authentication: None, with PKCE",
  cognito: "Amazon Cognito › User pools › (the pool) › App clients › (the client): public client, no secret",
  keycloak: "Keycloak › Clients › (the client) › Capability config › Client authentication: off, PKCE method: S256",
  google: null,
  other: null,
};

const keyPlaces: Record<ProviderFamily, string | null> = {
  auth0: "Auth0 › Applications › (the client) › Advanced Settings › OAuth › JsonWebToken Signature Algorithm: RS256",
  keycloak: "Keycloak › Clients › (the client) › Advanced › ID token signature algorithm: RS256",
  ...{ entra: null, okta: null, cognito: null, google: null, other: null },
};

/**
 * Both browsers' redirect URLs, for the provider's list.
 * @param used what this browser uses: another one than the usual where the extension was built by somebody else
 */
export function redirectChange(family: ProviderFamily, used: string | undefined): Change {
  const all = new Set([...(used === undefined ? [] : [used]), ...Object.values(redirectUrls)]);
  return changeOf(redirectPlaces[family] ?? t("doctor_at_provider_redirects"), [...all].join("\n"), used ? [used] : []);
}

/** Where redirect URLs are registered; null where we know no name for the place. */
export const redirectPlace = (family: ProviderFamily) => redirectPlaces[family];

/** Where it is said that the client has no secret and uses PKCE; null where the provider has no such place that we know. */
export const clientKindPlace = (family: ProviderFamily) => kindPlaces[family];

/** Where the algorithm of ID tokens' signatures is chosen. */
export const signaturePlace = (family: ProviderFamily) => keyPlaces[family];
