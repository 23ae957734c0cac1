import { createHash } from "node:crypto";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { roleArnOf } from "../../support/role-arn.ts";
import { refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

let aws: TestAws;
beforeAll(async () => {
  aws = await startTestAws();
});
afterAll(() => aws.dispose());

const now = () => Math.floor(Date.now() / 1000);

async function forged(claims: Record<string, unknown>, header: Record<string, string> = {}): Promise<string> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const { kid = "unpublished" } = { ...(await exportJWK(privateKey)), ...header };
  return new SignJWT({
    iss: aws.info.issuer,
    aud: "holdall-local",
    sub: "local|bob-c21d",
    iat: now(),
    exp: now() + 60,
    ...claims,
  })
    .setProtectedHeader({ alg: "RS256", kid })
    .sign(privateKey);
}

test("a good token gets credentials, and the answer says whose", async () => {
  const sts = new STSClient({ region: aws.region, endpoint: aws.info.endpoints.sts });
  const answer = await sts.send(
    new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArnOf(aws.info.profile),
      RoleSessionName: "alice@laptop",
      WebIdentityToken: await aws.idToken({ person: "alice" }),
      DurationSeconds: 900,
    }),
  );
  expect(answer).toMatchObject({
    SubjectFromWebIdentityToken: "local|alice-7f3a",
    Audience: "holdall-local",
    AssumedRoleUser: { Arn: "arn:aws:sts::111122223333:assumed-role/holdall-person/alice@laptop" },
  });
  const lifetime = (answer.Credentials?.Expiration?.getTime() ?? 0) - Date.now();
  expect(lifetime).toBeGreaterThan(890_000);
  expect(lifetime).toBeLessThanOrEqual(900_000);
});

describe("tokens that STS refuses", () => {
  test("a token that was over for six minutes; at four minutes it is still taken", async () => {
    expect(await refusal(aws.assumeRole(await aws.idToken({ person: "alice", expiresIn: -360 })))).toMatchObject({
      name: "ExpiredTokenException",
      status: 400,
    });
    await aws.assumeRole(await aws.idToken({ person: "alice", expiresIn: -240 }));
  });

  test.each([
    ["another audience", () => aws.idToken({ person: "alice", clientId: "someone-else" }), "Incorrect token audience"],
    [
      "azp goes before aud",
      () => aws.idToken({ person: "alice", claims: { azp: "someone-else" } }),
      "Incorrect token audience",
    ],
    [
      "another issuer",
      () => aws.idToken({ person: "alice", claims: { iss: "https://login.example.com" } }),
      "No OpenIDConnect provider found in your account for https://login.example.com",
    ],
    [
      "the issuer with a slash too many",
      () => aws.idToken({ person: "alice", claims: { iss: `${aws.info.issuer}/` } }),
      "No OpenIDConnect provider",
    ],
    ["a key that the provider did not publish", () => forged({}), "Couldn't retrieve verification key"],
    ["no subject", () => aws.idToken({ person: "alice", claims: { sub: null } }), "Missing a required claim: sub"],
    ["an empty subject", () => aws.idToken({ person: "alice", claims: { sub: "" } }), "Missing a required claim: sub"],
    ["no expiry", () => aws.idToken({ person: "alice", claims: { exp: null } }), "Missing a required claim: exp"],
    ["no JWT", async () => "opaque-access-token", "is not a valid JWT"],
  ])("%s", async (_name, token, message) => {
    const refused = await refusal(aws.assumeRole(await token()));
    expect(refused).toMatchObject({ name: "InvalidIdentityTokenException", status: 400 });
    expect(refused.message).toContain(message);
  });

  test("a changed payload, and alg none", async () => {
    const [header, payload = "", signature] = (await aws.idToken({ person: "alice" })).split(".");
    const bob = Buffer.from(Buffer.from(payload, "base64url").toString().replace("alice-7f3a", "bob-c21d")).toString(
      "base64url",
    );
    expect(await refusal(aws.assumeRole(`${header}.${bob}.${signature}`))).toMatchObject({
      name: "InvalidIdentityTokenException",
      message: "Token signature invalid",
    });
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    expect(await refusal(aws.assumeRole(`${none}.${bob}.`))).toMatchObject({ name: "InvalidIdentityTokenException" });
  });
});

describe("the trust policy", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a subject
  test.each(["alice/apps", "alice#app#x", "*", "a*", "?", "..", ".", "${x}", "a$b", "/", "alice/"])(
    "refuses the subject %s",
    async (subject) => {
      expect(await refusal(aws.assumeRole(await aws.idToken({ subject })))).toEqual({
        name: "AccessDenied",
        status: 403,
        message: "Not authorized to perform sts:AssumeRoleWithWebIdentity",
      });
    },
  );

  test.each(["alice", "auth0|5f7c8ec7", "a.b", "...", "søren 雪", "google-oauth2|1", "{x}"])(
    "lets the subject %s in",
    async (subject) => {
      await aws.assumeRole(await aws.idToken({ subject }));
    },
  );

  test("refuses another role", async () => {
    const token = await aws.idToken({ person: "alice" });
    const RoleArn = "arn:aws:iam::111122223333:role/Admin";
    expect(await refusal(aws.assumeRole(token, { RoleArn }))).toMatchObject({ name: "AccessDenied", status: 403 });
  });
});

describe("parameters", () => {
  const allowAll = (padding: number) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Sid: "x".repeat(padding), Effect: "Allow", Action: "*", Resource: "*" }],
    });

  test.each([
    [{ DurationSeconds: 899 }, "ValidationError"],
    [{ DurationSeconds: 3601 }, "ValidationError"],
    [{ Policy: "{" }, "MalformedPolicyDocumentException"],
    [{ Policy: '{"Version":"2012-10-17"}' }, "MalformedPolicyDocumentException"],
    [
      { Policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"everything","Resource":"*"}]}' },
      "MalformedPolicyDocumentException",
    ],
    [
      { Policy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"bucket"}]}' },
      "MalformedPolicyDocumentException",
    ],
    [
      {
        Policy:
          '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"Sometimes":{"a":"b"}}}]}',
      },
      "MalformedPolicyDocumentException",
    ],
    [{ Policy: allowAll(2000) }, "ValidationError"],
    [{ RoleArn: "role/holdall-person" }, "ValidationError"],
  ])("%j is refused with %s", async (options, name) => {
    const token = await aws.idToken({ person: "alice" });
    expect(await refusal(aws.assumeRole(token, options))).toMatchObject({ name, status: 400 });
  });

  test("900 and 3600 seconds and a policy of just 2,048 characters are taken", async () => {
    const token = await aws.idToken({ person: "alice" });
    await aws.assumeRole(token, { DurationSeconds: 900 });
    await aws.assumeRole(token, { DurationSeconds: 3600 });
    await aws.assumeRole(token, { Policy: allowAll(2048 - allowAll(0).length) });
  });

  test("a policy that hardly compresses is too large when packed", async () => {
    const noise = Array.from({ length: 30 }, (_, index) =>
      createHash("sha256").update(String(index)).digest("base64url"),
    ).join("");
    const Policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Deny", Action: "s3:*", Resource: `arn:aws:s3:::${noise}` }],
    });
    const token = await aws.idToken({ person: "alice" });
    expect(await refusal(aws.assumeRole(token, { Policy }))).toMatchObject({
      name: "PackedPolicyTooLargeException",
      status: 400,
    });
  });

  test("an action that STS does not serve here", async () => {
    const answer = await fetch(aws.info.endpoints.sts, {
      method: "POST",
      body: new URLSearchParams({ Action: "GetSessionToken", Version: "2011-06-15" }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("<Code>InvalidAction</Code>");
  });
});

describe("the provider's keys", () => {
  test("a token signed with the new key is good at once, one of the old key stays good until it is forgotten", async () => {
    const old = await aws.idToken({ person: "alice" });
    await aws.control("POST", "/issuer/rotate-keys");
    await aws.assumeRole(await aws.idToken({ person: "alice" }));
    await aws.assumeRole(old);
    await aws.control("POST", "/issuer/rotate-keys", { forget: true });
    await aws.assumeRole(await aws.idToken({ person: "alice" }));
    expect(await refusal(aws.assumeRole(old))).toMatchObject({ name: "InvalidIdentityTokenException" });
  });

  test("a provider that cannot be reached is an error of communication, and the next attempt works", async () => {
    const fresh = await startTestAws();
    try {
      const token = await fresh.idToken({ person: "alice" });
      await fresh.control("POST", "/faults", { operation: "discovery", kind: "error" });
      expect(await refusal(fresh.assumeRole(token))).toMatchObject({
        name: "IDPCommunicationErrorException",
        status: 400,
      });
      await fresh.assumeRole(token);
    } finally {
      await fresh.dispose();
    }
  });
});
