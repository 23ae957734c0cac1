import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startTestAws, type TestAws } from "../support/test-aws.ts";

let aws: TestAws;
beforeAll(async () => {
  aws = await startTestAws();
});
afterAll(() => aws.dispose());
afterEach(() => aws.control("DELETE", "/issuer/behaviour"));

const behave = (input: object) => aws.control("PUT", "/issuer/behaviour", input);
const discovery = () => fetch(`${aws.info.issuer}/.well-known/openid-configuration`, { redirect: "manual" });
const document = async () => (await (await discovery()).json()) as Record<string, string>;

test("another issuer, and the same with a slash", async () => {
  const { issuer } = aws.info;
  expect((await document()).issuer).toBe(issuer);
  await behave({ discovery: "otherIssuer" });
  expect((await document()).issuer).toBe("https://login.example.com");
  await behave({ discovery: "slash" });
  expect((await document()).issuer).toBe(`${issuer}/`);
});

test.each([
  ["insecure", "http://192.0.2.7"],
  ["elsewhere", "https://login.example.com"],
])("%s: every endpoint lies at %s, the issuer stays", async (mode, origin) => {
  const before = await document();
  await behave({ discovery: mode });
  const after = await document();
  expect(after.issuer).toBe(before.issuer);
  for (const name of ["authorization_endpoint", "token_endpoint", "jwks_uri", "revocation_endpoint"]) {
    expect(after[name]).toBe(`${origin}${new URL(before[name] ?? "").pathname}`);
  }
});

test("HTML, a page that is not there, a redirect", async () => {
  await behave({ discovery: "html" });
  const html = await discovery();
  expect([html.status, html.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
  await behave({ discovery: "missing" });
  expect((await discovery()).status).toBe(404);
  await behave({ discovery: "redirect" });
  const redirect = await discovery();
  expect(redirect.status).toBe(302);
  const target = new URL(redirect.headers.get("location") ?? "");
  expect(target.origin).toBe(aws.info.issuer.replace("127.0.0.1", "localhost"));
  target.hostname = "127.0.0.1";
  expect(await (await fetch(target)).json()).toMatchObject({ issuer: aws.info.issuer });
});

test("no keys: what STS has not read yet, it cannot verify; afterwards all is as before", async () => {
  const fresh = await startTestAws();
  try {
    const token = await fresh.idToken({ person: "alice" });
    await fresh.control("PUT", "/issuer/behaviour", { keys: "empty" });
    const { jwks_uri } = (await (await fetch(`${fresh.info.issuer}/.well-known/openid-configuration`)).json()) as {
      jwks_uri: string;
    };
    expect(await (await fetch(jwks_uri)).json()).toEqual({ keys: [] });
    await expect(fresh.assumeRole(token)).rejects.toMatchObject({ name: "InvalidIdentityTokenException" });
    await fresh.control("DELETE", "/issuer/behaviour");
    await fresh.assumeRole(token);
  } finally {
    await fresh.dispose();
  }
});

test("it outlives new keys, and an unknown mode is refused", async () => {
  await behave({ discovery: "slash" });
  await aws.control("POST", "/issuer/rotate-keys");
  expect((await document()).issuer).toBe(`${aws.info.issuer}/`);
  await expect(behave({ discovery: "mild" })).rejects.toThrow("discovery is one of");
});
