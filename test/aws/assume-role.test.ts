import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { assumeRole } from "../../src/aws/assume-role.ts";
import { roleArnOf } from "../support/role-arn.ts";
import { type LocalWorld, startLocalWorld } from "./support/local-world.ts";
import { answering, profile } from "./support/profile.ts";

const ask = (fetch: typeof globalThis.fetch, changes: Partial<Parameters<typeof assumeRole>[0]> = {}) =>
  assumeRole({
    profile,
    roleArn: roleArnOf(profile),
    durationSeconds: 900,
    idToken: "token",
    sessionName: "alice",
    fetch,
    ...changes,
  });

function refusal(code: string, message: string, status = 400): Response {
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return new Response(body, { status, headers: { "content-type": "text/xml", "x-amzn-requestid": "request-1" } });
}

function success(subject = "local|alice", headers: Record<string, string> = {}): Response {
  const body = `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
    <Credentials><AccessKeyId>ASIAX</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2030-01-01T01:00:00Z</Expiration></Credentials>
    <SubjectFromWebIdentityToken>${subject}</SubjectFromWebIdentityToken></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
  return new Response(body, { headers: { "content-type": "text/xml", ...headers } });
}

describe("assumeRole", () => {
  it("asks the regional endpoint, unsigned, and says who AWS takes the person for", async () => {
    const { fetch, asked } = answering([success("who AWS says")]);
    const { identity, credentials } = await ask(fetch, {
      sessionName: "alice archer|7",
      sessionPolicy: '{"Version":"2012-10-17"}',
    });
    expect(identity).toBe("who AWS says");
    expect(credentials).toEqual({
      accessKeyId: "ASIAX",
      secretAccessKey: "s",
      sessionToken: "t",
      expiresAt: Date.UTC(2030, 0, 1, 1),
    });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url).toBe("https://sts.eu-central-1.amazonaws.com/");
    expect(asked[0]?.headers.has("authorization")).toBe(false);
    const sent = new URLSearchParams(String(asked[0]?.body));
    expect(Object.fromEntries(sent)).toMatchObject({
      Action: "AssumeRoleWithWebIdentity",
      RoleArn: roleArnOf(profile),
      RoleSessionName: "alice-archer-7",
      WebIdentityToken: "token",
      DurationSeconds: "900",
      Policy: '{"Version":"2012-10-17"}',
    });
  });

  it.each([
    [
      "InvalidIdentityToken",
      "No OpenIDConnect provider found in your account for https://login.example.com",
      "provider-unknown",
      profile.issuer,
    ],
    ["InvalidIdentityToken", "Incorrect token audience", "token-refused", "Incorrect token audience"],
    ["ExpiredTokenException", "Token expired", "token-refused", "Token expired"],
    ["IDPRejectedClaim", "Rejected", "token-refused", "Rejected"],
    ["AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity", "trust-refused", roleArnOf(profile)],
    [
      "ValidationError",
      "The requested DurationSeconds exceeds the MaxSessionDuration",
      "service-refused",
      "ValidationError",
    ],
    ["PackedPolicyTooLarge", "too large", "service-refused", "PackedPolicyTooLarge"],
  ])("maps %s: %s", async (awsCode, message, code, sub) => {
    const { fetch, asked } = answering([refusal(awsCode, message)]);
    const error = await ask(fetch).catch((reason) => reason);
    expect(error).toMatchObject({
      code,
      facts: {
        subs: [sub],
        awsCode: expect.stringMatching(`^${awsCode}`),
        detail: message,
        requestId: "request-1",
        service: "sts",
      },
    });
    expect(asked).toHaveLength(1);
  });

  it.each(["alice/apps", "..", "*", "alice#app#x"])("refuses to be %s", async (subject) => {
    await expect(ask(answering([success(subject)]).fetch)).rejects.toMatchObject({ code: "identity-refused" });
  });

  it("tries again when STS could not reach the provider", async () => {
    const keys =
      "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity documentation for requirements";
    const { fetch, asked } = answering([
      refusal("InvalidIdentityToken", keys),
      refusal("IDPCommunicationError", "no"),
      success(),
    ]);
    await expect(ask(fetch)).resolves.toMatchObject({ identity: "local|alice" });
    expect(asked).toHaveLength(3);
  }, 15_000);

  it("gives up on the provider after three attempts", async () => {
    const keys = "Couldn't retrieve verification key from your identity provider";
    const { fetch, asked } = answering(Array.from({ length: 9 }, () => refusal("InvalidIdentityToken", keys)));
    await expect(ask(fetch)).rejects.toMatchObject({ code: "issuer-unreachable", facts: { subs: [profile.issuer] } });
    expect(asked).toHaveLength(3);
  }, 10_000);

  it.each([
    ["a 5xx", () => refusal("InternalFailure", "x", 500)],
    ["a cut connection", () => Promise.reject(new TypeError("Failed to fetch"))],
  ])("tries %s three times, then says sts-unreachable", async (_, answer) => {
    const { fetch, asked } = answering(Array.from({ length: 9 }, () => answer));
    await expect(ask(fetch)).rejects.toMatchObject({ code: "sts-unreachable" });
    expect(asked).toHaveLength(3);
  });

  it.each([
    [
      "HTML",
      () => new Response("<!doctype html><p>Welcome to the hotel", { headers: { "content-type": "text/html" } }),
    ],
    ["other XML", () => new Response("<hello/>", { headers: { "content-type": "text/xml" } })],
    ["text", () => new Response("OK", { headers: { "content-type": "text/plain" } })],
    ["nothing", () => new Response("")],
  ])("knows %s from STS", async (_, answer) => {
    await expect(ask(answering([answer]).fetch)).rejects.toMatchObject({
      code: "not-aws",
      facts: { subs: ["sts.eu-central-1.amazonaws.com"] },
    });
  });

  it("tells the end by this machine's clock when that is wrong", async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const { credentials } = await ask(answering([success("a", { date })]).fetch);
    expect(Math.abs((credentials.clockOffset ?? 0) - 3_600_000)).toBeLessThan(2000);
    expect(Math.abs(credentials.expiresAt - (Date.UTC(2030, 0, 1, 1) - 3_600_000))).toBeLessThan(2000);
  });

  it("ends at once when it is cancelled", async () => {
    const controller = new AbortController();
    const { fetch } = answering([
      () =>
        new Promise<Response>((_, reject) =>
          controller.signal.addEventListener("abort", () => reject(new DOMException("", "AbortError"))),
        ),
    ]);
    const pending = ask(fetch, { signal: controller.signal });
    setTimeout(() => controller.abort(), 20);
    await expect(pending).rejects.toMatchObject({ code: "cancelled" });
  });
});

describe("assumeRole against the local AWS", () => {
  let world: LocalWorld;
  beforeAll(async () => {
    world = await startLocalWorld();
  });
  afterAll(() => world.close());
  beforeEach(() => world.control("DELETE", "/faults"));

  const assume = async (input: Parameters<LocalWorld["idToken"]>[0]) =>
    assumeRole({
      profile: world.profile,
      roleArn: roleArnOf(world.profile),
      durationSeconds: 900,
      idToken: await world.idToken(input),
      sessionName: "test",
    });

  it("signs alice in under her subject", async () => {
    const { identity, credentials } = await assume({ person: "alice" });
    expect(identity).toBe("local|alice-7f3a");
    expect(credentials.expiresAt).toBeGreaterThan(Date.now());
  });

  it.each(["alice/apps", "alice#app#x", "..", "a\u0024{*}b"])(
    "leaves the subject %s to the trust policy",
    async (subject) => {
      await expect(assume({ subject })).rejects.toMatchObject({
        code: "trust-refused",
        facts: { subs: [roleArnOf(world.profile)], requestId: expect.any(String) },
      });
    },
  );

  it("says why a token is refused", async () => {
    await expect(assume({ person: "alice", expiresIn: -3600 })).rejects.toMatchObject({ code: "token-refused" });
    await expect(assume({ person: "alice", clientId: "other" })).rejects.toMatchObject({ code: "token-refused" });
    const broken = assumeRole({
      profile: world.profile,
      roleArn: roleArnOf(world.profile),
      durationSeconds: 900,
      idToken: "x.y.z",
      sessionName: "test",
    });
    await expect(broken).rejects.toMatchObject({ code: "token-refused" });
  });

  it("survives a cut connection and a 503", async () => {
    await world.control("POST", "/faults", { operation: "AssumeRoleWithWebIdentity", kind: "cutBefore" });
    await world.control("POST", "/faults", { operation: "AssumeRoleWithWebIdentity", kind: "error", status: 503 });
    await expect(assume({ person: "alice" })).resolves.toMatchObject({ identity: "local|alice-7f3a" });
  });
});
