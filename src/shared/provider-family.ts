/** Identity providers whose consoles and habits we know. */
export type ProviderFamily = "auth0" | "entra" | "okta" | "cognito" | "keycloak" | "google" | "other";

/** Which product an issuer is, by its own address, else, where it has a name of its own, by the paths of its endpoints. */
export function providerFamily(
  issuer: string,
  metadata: { authorization_endpoint?: unknown; token_endpoint?: unknown } = {},
): ProviderFamily {
  const { hostname, pathname } = URL.canParse(issuer) ? new URL(issuer) : { hostname: "", pathname: "" };
  if (/(?:^|\.)auth0\.com$/.test(hostname)) return "auth0";
  if (/^login\.microsoftonline\.(?:com|us)$|^sts\.windows\.net$|\.ciamlogin\.com$/.test(hostname)) return "entra";
  if (/\.(?:okta|oktapreview|okta-emea)\.com$/.test(hostname)) return "okta";
  if (/^cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/.test(hostname)) return "cognito";
  if (hostname === "accounts.google.com") return "google";
  if (/\/realms\/[^/]+$/.test(pathname)) return "keycloak";
  const authorization = String(metadata.authorization_endpoint ?? "");
  if (/\/oauth2\/(?:[^/]+\/)?v1\/authorize$/.test(authorization)) return "okta";
  if (/\/authorize$/.test(authorization) && /\/oauth\/token$/.test(String(metadata.token_endpoint ?? "")))
    return "auth0";
  return "other";
}
