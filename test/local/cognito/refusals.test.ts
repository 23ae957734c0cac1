import fc from "fast-check";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CognitoClient } from "../../support/cognito-client.ts";
import { CookieBrowser } from "../support/cookie-browser.ts";
import { OidcClient } from "../support/oidc-client.ts";
import { startTestAws, type TestAws } from "../support/test-aws.ts";

let aws: TestAws;
let cognito: CognitoClient;
beforeAll(async () => {
  aws = await startTestAws();
  cognito = new CognitoClient(aws.info);
});
afterAll(() => aws.dispose());

const now = () => Math.floor(Date.now() / 1000);
const notAuthorized = (message: string | RegExp) => ({
  status: 400,
  json: { __type: "NotAuthorizedException", message: expect.stringMatching(message) },
});

async function forged(claims: Record<string, unknown> = {}): Promise<string> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  await exportJWK(privateKey);
  const standard = { iss: aws.info.issuer, aud: "holdall-local", sub: "local|bob-c21d", iat: now(), exp: now() + 60 };
  return new SignJWT({ ...standard, ...claims })
    .setProtectedHeader({ alg: "RS256", kid: "unpublished" })
    .sign(privateKey);
}

describe("tokens that Cognito refuses", () => {
  test.each([
    [
      "over for a second",
      () => aws.idToken({ person: "alice", expiresIn: -1 }),
      /^Invalid login token\. Token expired: \d+ >= \d+$/,
    ],
    [
      "for another client",
      () => aws.idToken({ person: "alice", clientId: "x" }),
      "Invalid login token. Incorrect token audience.",
    ],
    [
      "of another issuer",
      () => aws.idToken({ person: "alice", claims: { iss: "https://x.example" } }),
      "Issuer doesn't match providerName",
    ],
    [
      "of the issuer with a slash too many",
      () => aws.idToken({ person: "alice", claims: { iss: `${aws.info.issuer}/` } }),
      "Issuer doesn't match providerName",
    ],
    ["signed with another key", () => forged(), "Couldn't verify signed token."],
    ["without subject", () => aws.idToken({ person: "alice", claims: { sub: null } }), "Missing a required claim: sub"],
    [
      "without audience",
      () => aws.idToken({ person: "alice", claims: { aud: null } }),
      "Missing a required claim: aud",
    ],
    ["no JWT", async () => "opaque", "Not a valid OpenId Connect identity token."],
  ])("%s", async (_name, token, message) => {
    const sent = await token();
    const answer = await cognito.getId(sent);
    expect(answer).toMatchObject(notAuthorized(message));
    expect(answer.headers.get("x-amzn-errortype")).toBe("NotAuthorizedException:");
    expect(JSON.stringify(answer.json)).not.toContain(sent);
  });

  test("a changed payload, and alg none", async () => {
    const [header, payload = "", signature] = (await aws.idToken({ person: "alice" })).split(".");
    const bob = Buffer.from(Buffer.from(payload, "base64url").toString().replace("alice-7f3a", "bob-c21d")).toString(
      "base64url",
    );
    const none = Buffer.from('{"alg":"none"}').toString("base64url");
    for (const token of [`${header}.${bob}.${signature}`, `${none}.${bob}.`]) {
      expect(await cognito.getId(token)).toMatchObject(notAuthorized("Couldn't verify signed token."));
    }
  });

  test("STS still takes what is over for two minutes, Cognito does not", async () => {
    const token = await aws.idToken({ person: "alice", expiresIn: -120 });
    await aws.assumeRole(token);
    expect(await cognito.getId(token)).toMatchObject(notAuthorized("Token expired"));
  });

  test("a provider that does not answer", async () => {
    const fresh = await startTestAws();
    try {
      const client = new CognitoClient(fresh.info);
      const token = await fresh.idToken({ person: "alice" });
      await fresh.control("POST", "/faults", { operation: "discovery", kind: "error" });
      expect(await client.getId(token)).toMatchObject({ status: 400, json: { __type: "ExternalServiceException" } });
      expect((await client.getId(token)).status).toBe(200);
    } finally {
      await fresh.dispose();
    }
  });
});

describe("requests that Cognito refuses", () => {
  test("guests, in both operations", async () => {
    const message = "Unauthenticated access is not supported for this identity pool.";
    expect(await cognito.call("GetId", { IdentityPoolId: cognito.poolId })).toMatchObject(notAuthorized(message));
    const { json } = await cognito.getId(await aws.idToken({ person: "alice" }));
    const { IdentityId } = json;
    expect(await cognito.call("GetCredentialsForIdentity", { IdentityId })).toMatchObject(
      notAuthorized(`Access to Identity '${IdentityId}' is forbidden.`),
    );
  });

  test("a login under another name than the issuer's", async () => {
    const token = await aws.idToken({ person: "alice" });
    for (const Logins of [{ [aws.info.issuer]: token }, { "accounts.google.com": token }]) {
      const answer = await cognito.call("GetId", { IdentityPoolId: cognito.poolId, Logins });
      expect(answer).toMatchObject(notAuthorized("Token is not from a supported provider of this identity pool."));
    }
  });

  test("another's identity", async () => {
    const { json } = await cognito.getId(await aws.idToken({ person: "bob" }));
    const answer = await cognito.getCredentials(String(json.IdentityId), await aws.idToken({ person: "alice" }));
    expect(answer).toMatchObject(notAuthorized("Logins don't match."));
  });

  test("a pool and an identity that are not there", async () => {
    const id = "eu-central-1:00000000-0000-4000-8000-000000000000";
    const token = await aws.idToken({ person: "alice" });
    expect(await cognito.getId(token, id)).toMatchObject({
      status: 400,
      json: { __type: "ResourceNotFoundException", message: `IdentityPool '${id}' not found.` },
    });
    expect(await cognito.getCredentials(id, token)).toMatchObject({
      status: 400,
      json: { __type: "ResourceNotFoundException", message: `Identity '${id}' not found.` },
    });
  });

  test.each([
    ["a pool's id of another form", "GetId", { IdentityPoolId: "eu-central-1_pool" }, "ValidationException"],
    ["no pool", "GetId", {}, "ValidationException"],
    ["__proto__ as id", "GetCredentialsForIdentity", { IdentityId: "__proto__" }, "ValidationException"],
    ["no JSON", "GetId", "{", "SerializationException"],
    ["a list", "GetId", [], "SerializationException"],
    ["a number as token", "GetId", { IdentityPoolId: "a:0", Logins: { x: 1 } }, "SerializationException"],
    ["an unknown operation", "DeleteIdentities", {}, "UnknownOperationException"],
    ["an operation called constructor", "constructor", {}, "UnknownOperationException"],
    ["the classic flow", "GetOpenIdToken", { IdentityId: "eu-central-1:0" }, "InvalidParameterException"],
  ])("%s", async (_name, operation, input, type) => {
    expect(await cognito.call(operation, input)).toMatchObject({ status: 400, json: { __type: type } });
  });

  test("another role than the pool's", async () => {
    const token = await aws.idToken({ person: "alice" });
    const { json } = await cognito.getId(token);
    const answer = await cognito.call("GetCredentialsForIdentity", {
      IdentityId: json.IdentityId,
      Logins: { [cognito.provider]: token },
      CustomRoleArn: "arn:aws:iam::111122223333:role/holdall-person",
    });
    expect(answer).toMatchObject({ status: 400, json: { __type: "InvalidParameterException" } });
  });

  test("a pool whose role does not trust it", async () => {
    const trust = { Version: "2012-10-17", Statement: [] };
    await aws.control("PUT", "/iam/trust-policy", { role: "holdall-pool-person", policy: trust });
    const token = await aws.idToken({ person: "alice" });
    const { json } = await cognito.getId(token);
    expect(await cognito.getCredentials(String(json.IdentityId), token)).toMatchObject({
      status: 400,
      json: {
        __type: "InvalidIdentityPoolConfigurationException",
        message: "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
      },
    });
    await aws.control("DELETE", "/iam");
    expect((await cognito.getCredentials(String(json.IdentityId), token)).status).toBe(200);
  });
});

test("whatever is sent is refused by a code of AWS's, and is no failure of the service", async () => {
  const { json } = await cognito.getId(await aws.idToken({ person: "alice" }));
  const logins = fc.dictionary(fc.constantFrom(cognito.provider, "__proto__", "x"), fc.anything({ maxDepth: 1 }));
  const ids = fc.constantFrom(cognito.poolId, String(json.IdentityId), "constructor", "", 7, null, {});
  const input = fc.oneof(
    fc.json(),
    fc.string(),
    fc.record({ IdentityPoolId: ids, IdentityId: ids, Logins: logins, CustomRoleArn: fc.anything({ maxDepth: 1 }) }),
  );
  const operation = fc.constantFrom("GetId", "GetCredentialsForIdentity", "GetOpenIdToken", "toString", "__proto__");
  await fc.assert(
    fc.asyncProperty(operation, input, async (name, sent) => {
      const answer = await cognito.call(name, sent);
      expect(answer.status).toBe(400);
      expect(answer.json.__type).toMatch(
        /^(?:Validation|Serialization|NotAuthorized|UnknownOperation|InvalidParameter|ResourceNotFound)Exception$/,
      );
    }),
    { numRuns: 200 },
  );
});

describe("ServerSideTokenCheck", () => {
  test("refuses at once what the provider took back from a person; a new sign-in is good, and STS does not ask", async () => {
    const old = await aws.idToken({ person: "bob" });
    const bystander = await aws.idToken({ person: "alice" });
    await cognito.signIn(old);
    await aws.control("POST", "/issuer/revoke", { person: "bob" });
    expect(await cognito.getId(old)).toMatchObject(notAuthorized("^Invalid login token"));
    await aws.assumeRole(old);
    await cognito.signIn(bystander);
    await cognito.signIn(await aws.idToken({ person: "bob" }));
  });

  test("refuses the ID token of a sign-in whose refresh token was revoked", async () => {
    const client = await OidcClient.discover(aws.info);
    const signedIn = await client.signIn(new CookieBrowser(), { name: "alice", password: "alice-password" });
    if ("refused" in signedIn) throw new Error("refused");
    const { id_token = "", refresh_token = "" } = signedIn.tokens;
    await cognito.signIn(id_token);
    const renewed = await client.refresh(refresh_token);
    await cognito.signIn(renewed.id_token ?? "");
    await client.revoke(renewed.refresh_token ?? "");
    for (const token of [id_token, renewed.id_token ?? ""]) {
      expect(await cognito.getId(token)).toMatchObject(notAuthorized("^Invalid login token"));
    }
  });

  test("does not ask when it is switched off", async () => {
    const old = await aws.idToken({ person: "bob" });
    await aws.control("POST", "/issuer/revoke", { person: "bob" });
    await aws.control("PUT", "/cognito/server-side-token-check", { enabled: false });
    await cognito.signIn(old);
    await aws.control("PUT", "/cognito/server-side-token-check", { enabled: true });
    expect((await cognito.getId(old)).status).toBe(400);
  });
});
