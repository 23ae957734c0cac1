import { expect, test } from "vitest";
import { providerFamily } from "../../src/shared/provider-family.ts";

test.each([
  ["https://acme.eu.auth0.com/", "auth0"],
  ["https://login.microsoftonline.com/6f1c/v2.0", "entra"],
  ["https://acme.ciamlogin.com/6f1c/v2.0", "entra"],
  ["https://dev-1.okta.com/oauth2/default", "okta"],
  ["https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbC", "cognito"],
  ["https://id.acme.example/realms/people", "keycloak"],
  ["https://accounts.google.com", "google"],
  ["https://auth0.com.evil.example/", "other"],
  ["https://cognito-idp.eu-central-1.amazonaws.com.evil.example/x", "other"],
  ["no URL", "other"],
])("%s is %s", (issuer, family) => {
  expect(providerFamily(issuer)).toBe(family);
});

test("a provider with a name of its own is known by its endpoints", () => {
  const issuer = "https://login.acme.example/";
  const auth0 = { authorization_endpoint: `${issuer}authorize`, token_endpoint: `${issuer}oauth/token` };
  expect(providerFamily(issuer, auth0)).toBe("auth0");
  const okta = { authorization_endpoint: `${issuer}oauth2/default/v1/authorize` };
  expect(providerFamily(issuer, okta)).toBe("okta");
  expect(providerFamily(issuer, { authorization_endpoint: `${issuer}auth` })).toBe("other");
});
