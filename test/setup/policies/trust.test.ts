import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trusts } from "../../../local/iam/trust.ts";
import { COGNITO } from "../../../src/setup/identity-pool.ts";
import { providerArn } from "../../../src/setup/issuer.ts";
import { PROBE_IDENTITY } from "../../../src/setup/probe.ts";
import { renderSetup } from "../../../src/setup/render-setup.ts";
import { IDENTITY_POOL, type Way, WEB_IDENTITY } from "./ways.ts";

type Context = Record<string, string | string[]>;

function lets({ settings }: Way, federated: string, context: Context): boolean {
  const { role, trustPolicy, permissionPolicy } = renderSetup(settings);
  return trusts(
    {
      arn: role.arn,
      name: role.name,
      accountId: settings.account,
      maxSessionSeconds: role.maxSessionDuration,
      trustPolicy,
      permissionPolicy,
    },
    { federated, context },
  );
}

/** The context without one key, or with another value. */
function changed(context: Context, ending: string, value?: string | string[]): Context {
  const others = Object.entries(context).filter(([name]) => !name.endsWith(`:${ending}`));
  const name = Object.keys(context).find((one) => one.endsWith(`:${ending}`)) ?? ending;
  return { ...Object.fromEntries(others), ...(value === undefined ? {} : { [name]: value }) };
}

describe("web identity", () => {
  const way = WEB_IDENTITY;
  const provider = providerArn(way.settings);
  const signedIn = (subject: string) => lets(way, provider, way.session(subject));

  test.each([
    "alice",
    "auth0|5f7c8ec7c33c6c004bbafe82",
    "google-oauth2|1234",
    "a b",
    "ünïcode",
    "a.b",
    "...",
    "Holdall-Probe",
    "%2F",
    "a\\b",
    "{x}",
  ])("lets %j in", (subject) => {
    expect(signedIn(subject)).toBe(true);
  });

  test.each([
    "alice/apps",
    "/",
    "alice/",
    "alice#app#x",
    "#",
    "*",
    "al*ce",
    "?",
    "alic?",
    "$",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what IAM would read as a variable
    "${aws:username}",
    ".",
    "..",
    PROBE_IDENTITY,
    "alice\n/apps",
    "alice\u2028#app#x",
  ])("refuses %j", (subject) => {
    expect(signedIn(subject)).toBe(false);
  });

  test("refuses a token without a subject, for another client, or of another provider", () => {
    const context = way.session("alice");
    expect(lets(way, provider, context)).toBe(true);
    expect(lets(way, provider, changed(context, "sub"))).toBe(false);
    expect(lets(way, provider, changed(context, "aud"))).toBe(false);
    expect(lets(way, provider, changed(context, "aud", "client-2"))).toBe(false);
    expect(lets(way, provider, changed(context, "aud", "client-1x"))).toBe(false);
    expect(lets(way, `${provider}x`, context)).toBe(false);
    expect(lets(way, provider.slice(0, -1), context)).toBe(false);
    expect(lets(way, COGNITO, context)).toBe(false);
    expect(lets(way, COGNITO, IDENTITY_POOL.session("alice"))).toBe(false);
    expect(lets(way, provider, IDENTITY_POOL.session("alice"))).toBe(false);
  });

  test("what it lets in has none of the characters that would reach into another's area", () => {
    const subject = fc
      .array(
        fc.oneof(fc.constantFrom("/", "#", "*", "?", "$", ".", "..", "a", "|", "\n"), fc.string({ maxLength: 2 })),
        {
          minLength: 1,
          maxLength: 4,
        },
      )
      .map((parts) => parts.join(""))
      .filter((text) => text !== "");
    fc.assert(
      fc.property(subject, (text) => {
        const dangerous = /[/#*?$]/.test(text) || text === "." || text === ".." || text === PROBE_IDENTITY;
        expect(signedIn(text)).toBe(!dangerous);
      }),
      { numRuns: 500 },
    );
  });
});

describe("identity pool", () => {
  const way = IDENTITY_POOL;
  const context = way.session(way.identity);

  test("lets in whom this pool has authenticated", () => {
    expect(lets(way, COGNITO, context)).toBe(true);
    const methods = ["authenticated", "login.example.com/", "login.example.com/:alice"];
    expect(lets(way, COGNITO, changed(context, "amr", methods))).toBe(true);
  });

  test("refuses guests, other pools, and who comes from the provider itself", () => {
    expect(lets(way, COGNITO, changed(context, "amr", ["unauthenticated"]))).toBe(false);
    expect(lets(way, COGNITO, changed(context, "amr", []))).toBe(false);
    expect(lets(way, COGNITO, changed(context, "amr"))).toBe(false);
    expect(lets(way, COGNITO, changed(context, "aud"))).toBe(false);
    const another = "eu-central-1:99999999-9999-4999-8999-999999999999";
    expect(lets(way, COGNITO, changed(context, "aud", another))).toBe(false);
    expect(lets(way, providerArn(way.settings), context)).toBe(false);
    expect(lets(way, providerArn(WEB_IDENTITY.settings), WEB_IDENTITY.session("alice"))).toBe(false);
  });
});
