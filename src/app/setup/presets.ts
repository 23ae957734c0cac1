import type { ProviderFamily } from "../../shared/provider-family.ts";

export interface Preset {
  family: ProviderFamily;
  /** As the product calls itself. */
  name: string;
  /** What its issuers look like. */
  issuer: string;
  /** Key of the text about what is particular here. */
  note: string;
  /** False where it cannot be used directly. */
  direct: boolean;
  /** What the provider is best used with. */
  credentials: "webIdentity" | "identityPool";
}

export const presets: Preset[] = [
  {
    family: "auth0",
    name: "Auth0",
    issuer: "https://YOUR-TENANT.eu.auth0.com/",
    note: "setup_note_auth0",
    direct: true,
    credentials: "webIdentity",
  },
  {
    family: "okta",
    name: "Okta",
    issuer: "https://YOUR-ORG.okta.com/oauth2/default",
    note: "setup_note_okta",
    direct: true,
    credentials: "webIdentity",
  },
  {
    family: "entra",
    name: "Microsoft Entra",
    issuer: "https://login.microsoftonline.com/YOUR-TENANT-ID/v2.0",
    note: "setup_note_entra",
    direct: true,
    credentials: "webIdentity",
  },
  {
    family: "cognito",
    name: "Amazon Cognito",
    issuer: "https://cognito-idp.eu-central-1.amazonaws.com/YOUR-POOL-ID",
    note: "setup_note_cognito",
    direct: true,
    credentials: "identityPool",
  },
  {
    family: "keycloak",
    name: "Keycloak",
    issuer: "https://login.example.com/realms/YOUR-REALM",
    note: "setup_note_keycloak",
    direct: true,
    credentials: "webIdentity",
  },
  {
    family: "google",
    name: "Google",
    issuer: "https://accounts.google.com",
    note: "setup_note_google",
    direct: false,
    credentials: "identityPool",
  },
  {
    family: "other",
    name: "OpenID Connect",
    issuer: "https://login.example.com/",
    note: "setup_note_other",
    direct: true,
    credentials: "webIdentity",
  },
];

export function presetOf(family: ProviderFamily): Preset {
  return presets.find((preset) => preset.family === family) ?? (presets.at(-1) as Preset);
}
