import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CookieBrowser } from "../support/cookie-browser.ts";
import { OidcClient } from "../support/oidc-client.ts";
import { startTestAws, type TestAws } from "../support/test-aws.ts";

const alice = { name: "alice", password: "alice-password" };
let aws: TestAws;
let client: OidcClient;

beforeAll(async () => {
  aws = await startTestAws();
  client = await OidcClient.discover(aws.info);
});
afterAll(() => aws.dispose());

/** Signs in and expects success. */
async function signIn(browser: CookieBrowser, person: typeof alice | null = alice, extra: Record<string, string> = {}) {
  const outcome = await client.signIn(browser, person, extra);
  if ("refused" in outcome) throw new Error(outcome.refused);
  return outcome;
}

test("alice signs in with PKCE, state, nonce and iss, and the ID token says who she is", async () => {
  const { tokens, callback } = await signIn(new CookieBrowser());
  expect(callback.searchParams.get("iss")).toBe(aws.info.issuer);
  const claims = decodeJwt(tokens.id_token ?? "");
  expect(claims).toMatchObject({
    iss: aws.info.issuer,
    sub: "local|alice-7f3a",
    aud: "holdall-local",
    name: "Alice Archer",
    email: "alice@example.com",
    amr: ["pwd"],
  });
  expect(decodeProtectedHeader(tokens.id_token ?? "").alg).toBe("RS256");
});

test("a wrong password says so and keeps the name", async () => {
  const outcome = await client.signIn(new CookieBrowser(), { name: 'alice"<', password: "wrong" });
  const page = "refused" in outcome ? outcome.refused : "";
  expect(page).toContain("do not belong together");
  expect(page).toContain('value="alice&#34;&#60;"');
  expect(page).not.toContain("wrong");
});

test("the login page can be filled in by a script and loads nothing from elsewhere", async () => {
  const { url } = await client.authorizationUrl();
  const step = await new CookieBrowser().follow(url, url.origin);
  if (!("page" in step)) throw new Error("no page");
  expect(step.page.headers.get("content-security-policy")).toContain("default-src 'none'");
  const page = await step.page.text();
  expect(page).toMatch(/<input[^>]+name="login"/);
  expect(page).toMatch(/<input[^>]+name="password"[^>]+type="password"/);
  expect(page).toMatch(/<button type="submit"/);
  expect(page).not.toMatch(/<script|https?:\/\//);
});

test("without PKCE there is no code", async () => {
  const { url, state } = await client.authorizationUrl();
  url.searchParams.delete("code_challenge");
  url.searchParams.delete("code_challenge_method");
  const step = await new CookieBrowser().follow(url, url.origin);
  if (!("left" in step)) throw new Error("stayed");
  expect(Object.fromEntries(step.left.searchParams)).toMatchObject({ error: "invalid_request", state });
});

test("a redirect elsewhere is refused on the provider's own page", async () => {
  const { url } = await client.authorizationUrl({ redirect_uri: "https://evil.example/" });
  const step = await new CookieBrowser().follow(url, url.origin);
  expect("page" in step && step.page.status).toBe(400);
});

test("the second sign-in of the same browser is silent, a stranger's is login_required", async () => {
  const browser = new CookieBrowser();
  await signIn(browser);
  const { tokens } = await signIn(browser, null, { prompt: "none" });
  expect(decodeJwt(tokens.id_token ?? "").sub).toBe("local|alice-7f3a");
  expect(tokens.refresh_token).toBeTypeOf("string");
  await expect(signIn(new CookieBrowser(), null, { prompt: "none" })).rejects.toMatchObject({
    error: "login_required",
  });
});

test("prompt=consent is answered by itself", async () => {
  const { tokens } = await signIn(new CookieBrowser(), alice, { prompt: "consent" });
  expect(tokens.scope).toContain("offline_access");
});

test("refresh tokens rotate, and a used one ends the whole family", async () => {
  const { tokens } = await signIn(new CookieBrowser());
  const first = tokens.refresh_token ?? "";
  const second = await client.refresh(first);
  expect(second.refresh_token).not.toBe(first);
  const third = await client.refresh(second.refresh_token ?? "");
  expect(decodeJwt(third.id_token ?? "").sub).toBe("local|alice-7f3a");
  await expect(client.refresh(first)).rejects.toMatchObject({ error: "invalid_grant" });
  await expect(client.refresh(third.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
});

test("a revoked refresh token is over", async () => {
  const { tokens } = await signIn(new CookieBrowser());
  await client.revoke(tokens.refresh_token ?? "");
  await expect(client.refresh(tokens.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
});

test("end-session with client_id alone redirects straight back and ends sign-in and grant", async () => {
  const browser = new CookieBrowser();
  const { tokens } = await signIn(browser);
  const url = new URL(client.server.end_session_endpoint ?? "");
  url.search = new URLSearchParams({
    client_id: "holdall-local",
    post_logout_redirect_uri: client.redirectUri,
    state: "s1",
  }).toString();
  const answer = await browser.open(url);
  expect(answer.status).toBe(303);
  expect(answer.headers.get("location")).toBe(`${client.redirectUri}?state=s1`);
  await expect(signIn(browser, null, { prompt: "none" })).rejects.toMatchObject({ error: "login_required" });
  await expect(client.refresh(tokens.refresh_token ?? "")).rejects.toMatchObject({ error: "invalid_grant" });
});

test("no answer carries a CORS header, whatever the origin, and an extension's origin is no reason to refuse", async () => {
  const { tokens } = await signIn(new CookieBrowser());
  const body = new URLSearchParams({
    grant_type: "refresh_token",
    client_id: "holdall-local",
    refresh_token: tokens.refresh_token ?? "",
  });
  const headers = { origin: "chrome-extension://abcdefghijklmnopabcdefghijklmnop" };
  const { issuer } = aws.info;
  const answers = [
    await fetch(`${issuer}/.well-known/openid-configuration`, { headers }),
    await fetch(client.server.jwks_uri ?? "", { headers }),
    await fetch(client.server.token_endpoint ?? "", { method: "POST", headers, body }),
  ];
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  }
});

test("the log knows the provider's operations by name and holds no token", async () => {
  await aws.control("DELETE", "/requests");
  const { tokens } = await signIn(new CookieBrowser());
  await client.revoke(tokens.refresh_token ?? "");
  const log = JSON.stringify(await aws.control("GET", "/requests"));
  for (const operation of ["authorize", "login", "token", "revocation"]) expect(log).toContain(`"${operation}"`);
  expect(log).not.toContain(tokens.access_token);
});
