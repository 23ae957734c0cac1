/** What an identity pool is asked, and what each of its answers means. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { poolCredentials } from "../../src/aws/pool-credentials.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { answering, profile as webIdentity } from "./support/profile.ts";

const poolId = "eu-central-1:11111111-2222-3333-4444-555555555555";
const identity = "eu-central-1:99999999-8888-7777-6666-555555555555";
const profile: Profile = { ...webIdentity, credentials: { kind: "identityPool", identityPoolId: poolId } };
const idToken = "header.the-very-token.signature";

const ask = (fetch: typeof globalThis.fetch, changes: Partial<Parameters<typeof poolCredentials>[0]> = {}) =>
  poolCredentials({ profile, idToken, identityId: identity, signal: new AbortController().signal, fetch, ...changes });

const success = (id = identity, headers: Record<string, string> = {}) => {
  const Credentials = { AccessKeyId: "ASIAX", SecretKey: "s", SessionToken: "t", Expiration: 1_893_456_000.5 };
  return Response.json({ IdentityId: id, Credentials }, { headers });
};
const refusal = (code: string, message = "No.", status = 400) =>
  Response.json({ __type: code, message }, { status, headers: { "x-amzn-requestid": "request-1" } });

describe("an identity pool", () => {
  test("is asked twice the first time, unsigned, with the issuer's name as pools have it", async () => {
    const { fetch, asked } = answering([Response.json({ IdentityId: identity }), success()]);
    const answer = await ask(fetch, { identityId: null });
    expect(answer).toEqual({
      identity,
      credentials: {
        ...{ accessKeyId: "ASIAX", secretAccessKey: "s", sessionToken: "t" },
        expiresAt: 1_893_456_000_500,
      },
    });
    const Logins = { "login.example.com/": idToken };
    expect(asked.map(({ url, method, headers, body }) => [url, method, headers.get("x-amz-target"), body])).toEqual([
      [
        "https://cognito-identity.eu-central-1.amazonaws.com/",
        "POST",
        "AWSCognitoIdentityService.GetId",
        JSON.stringify({ IdentityPoolId: poolId, Logins }),
      ],
      [
        "https://cognito-identity.eu-central-1.amazonaws.com/",
        "POST",
        "AWSCognitoIdentityService.GetCredentialsForIdentity",
        JSON.stringify({ IdentityId: identity, Logins }),
      ],
    ]);
    for (const { headers } of asked) {
      expect(headers.has("authorization")).toBe(false);
      expect(headers.get("content-type")).toBe("application/x-amz-json-1.1");
    }
  });

  test.each([
    ["cn-north-1", {}, "https://cognito-identity.cn-north-1.amazonaws.com.cn/"],
    ["eu-west-1", {}, "https://cognito-identity.eu-west-1.amazonaws.com/"],
    ["eu-west-1", { cognitoIdentity: "http://127.0.0.1:4599/" }, "http://127.0.0.1:4599/"],
  ])("in %s with %j is at %s", async (region, endpoints, url) => {
    const { fetch, asked } = answering([success()]);
    await ask(fetch, { profile: { ...profile, region, endpoints } });
    expect(asked.map((one) => one.url)).toEqual([url]);
  });

  test("names the identity that came with the credentials, not the one that was asked for", async () => {
    const { fetch } = answering([success("eu-central-1:merged")]);
    expect(await ask(fetch)).toMatchObject({ identity: "eu-central-1:merged" });
  });

  test("tells by its Date how far this machine's clock is off", async () => {
    const { fetch } = answering([success(identity, { date: new Date(Date.now() + 3_600_000).toUTCString() })]);
    const { credentials } = await ask(fetch);
    expect(Math.abs((credentials.clockOffset ?? 0) - 3_600_000)).toBeLessThan(2000);
    expect(Math.abs(credentials.expiresAt - (1_893_456_000_500 - 3_600_000))).toBeLessThan(2000);
  });

  test.each([
    [
      "NotAuthorizedException",
      "Invalid login token. Token has been revoked.",
      "token-refused",
      ["Invalid login token. Token has been revoked"],
    ],
    ["ResourceNotFoundException", "IdentityPool 'x' not found.", "pool-missing", [poolId]],
    ["InvalidIdentityPoolConfigurationException", "Check assigned IAM roles.", "pool-misconfigured", [poolId]],
    ["ResourceNotFoundException", `Identity '${identity}' not found.`, "identity-changed", undefined],
    ["ResourceConflictException", "Merged.", "identity-changed", undefined],
    ["InvalidParameterException", "1 validation error", "service-refused", ["InvalidParameterException"]],
    ["com.amazonaws.cognito.identity.model#ResourceNotFoundException", "x", "pool-missing", [poolId]],
  ])("that answers %s (%s) is told as %s, and asked no second time", async (type, message, code, subs) => {
    const { fetch, asked } = answering([refusal(type, message)]);
    const error = await ask(fetch).catch((refused) => refused);
    expect(error).toMatchObject({ code, facts: { service: "cognito", status: 400, requestId: "request-1" } });
    expect(error.facts.subs).toEqual(subs);
    expect(asked).toHaveLength(1);
    expect(JSON.stringify(error.facts)).not.toContain("the-very-token");
  });

  test.each([
    ["TooManyRequestsException", 400, "throttled"],
    ["ExternalServiceException", 400, "issuer-unreachable"],
    ["InternalErrorException", 500, "pool-unreachable"],
    ["", 503, "pool-unreachable"],
  ])("that answers %s %i is asked again; in the end that is %s", { timeout: 20_000 }, async (type, status, code) => {
    const passes = answering([refusal(type, "", status), success()]);
    expect(await ask(passes.fetch)).toMatchObject({ identity });
    const stays = answering(Array.from({ length: 3 }, () => refusal(type, "", status)));
    await expect(ask(stays.fetch)).rejects.toMatchObject({ code });
    expect(stays.asked).toHaveLength(3);
  });

  test("that is not reached is asked again, and told from a sign-out", async () => {
    const passes = answering([new TypeError("Failed to fetch"), success()]);
    expect(await ask(passes.fetch)).toMatchObject({ identity });
    const ending = new AbortController();
    const { fetch, asked } = answering([
      () => {
        ending.abort();
        throw new TypeError("Failed to fetch");
      },
    ]);
    await expect(ask(fetch, { signal: ending.signal })).rejects.toMatchObject({ code: "cancelled" });
    expect(asked).toHaveLength(1);
  });

  test("in whose place a portal answers is told from AWS", async () => {
    const page = () => new Response("<html>Please agree</html>", { headers: { "content-type": "text/html" } });
    await expect(ask(answering([page()]).fetch)).rejects.toMatchObject({ code: "not-aws" });
  });

  test("whose identity could not be a folder is refused", async () => {
    for (const id of ["..", "a/b", "a\nb"]) {
      await expect(ask(answering([success(id)]).fetch)).rejects.toMatchObject({ code: "identity-refused" });
    }
  });

  test("whatever it answers: credentials and an identity, or an error with a code", async () => {
    const answer = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .record(
          {
            IdentityId: fc.oneof(fc.string(), fc.integer(), fc.constant(identity)),
            Credentials: fc.oneof(
              fc.anything(),
              fc.record(
                {
                  AccessKeyId: fc.oneof(fc.string(), fc.constant(null)),
                  SecretKey: fc.string(),
                  SessionToken: fc.string(),
                  Expiration: fc.oneof(fc.double(), fc.string()),
                },
                { requiredKeys: [] },
              ),
            ),
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value, (_, inner) => (typeof inner === "bigint" ? String(inner) : inner)) ?? ""),
    );
    await fc.assert(
      fc.asyncProperty(answer, fc.constantFrom(200, 400, 404), async (body, status) => {
        const { fetch } = answering([new Response(body, { status })]);
        const outcome = await ask(fetch).catch((error) => error);
        if (outcome instanceof Error) expect(outcome).toMatchObject({ code: expect.stringMatching(/^[a-z-]+$/) });
        else {
          expect(outcome.identity).not.toBe("");
          expect(Number.isFinite(outcome.credentials.expiresAt)).toBe(true);
          for (const name of ["accessKeyId", "secretAccessKey", "sessionToken"] as const) {
            expect(outcome.credentials[name]).toMatch(/./s);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
