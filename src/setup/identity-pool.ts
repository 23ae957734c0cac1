import { issuerPrefix, providerArn } from "./issuer.ts";
import { PLACEHOLDER_POOL } from "./parse-settings.ts";
import type { SetupSettings } from "./settings.ts";

/** Principal and prefix of condition keys for identity pools. */
export const COGNITO = "cognito-identity.amazonaws.com";

/** The pool's id, or a placeholder of its form. */
export function poolId({ region, options }: SetupSettings): string {
  return options.identityPoolId ?? `${region}:${PLACEHOLDER_POOL}`;
}

/** In the shape of `CreateIdentityPool`. */
export interface IdentityPoolSettings {
  IdentityPoolName: string;
  AllowUnauthenticatedIdentities: false;
  /** The classic flow lets a client choose any role that trusts the pool. */
  AllowClassicFlow: false;
  CognitoIdentityProviders: { ProviderName: string; ClientId: string; ServerSideTokenCheck: true }[];
  OpenIdConnectProviderARNs: string[];
}

/** True for an issuer that is a Cognito user pool, which identity pools know without an IAM provider. */
export function isUserPool(issuer: string): boolean {
  return /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/[\w-]+$/.test(issuer);
}

/** The identity pool; null for web identity. */
export function identityPoolSettings(settings: SetupSettings): IdentityPoolSettings | null {
  if (settings.credentials !== "identityPool") return null;
  const { issuer, clientId: ClientId } = settings;
  const native = isUserPool(issuer);
  return {
    IdentityPoolName: settings.options.roleName.replace(/[^\w\s+=,.@-]/g, "-"),
    AllowUnauthenticatedIdentities: false,
    AllowClassicFlow: false,
    CognitoIdentityProviders: native
      ? [{ ProviderName: issuerPrefix(issuer), ClientId, ServerSideTokenCheck: true }]
      : [],
    OpenIdConnectProviderARNs: native ? [] : [providerArn(settings)],
  };
}

/** The policy variable that names the person, as IAM writes it. */
export function subjectVariable({ credentials, issuer }: SetupSettings): string {
  return `\${${credentials === "identityPool" ? COGNITO : issuerPrefix(issuer)}:sub}`;
}
