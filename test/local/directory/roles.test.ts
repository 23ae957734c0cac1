import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { CookieBrowser } from "../support/cookie-browser.ts";
import { OidcClient } from "../support/oidc-client.ts";
import { refusal, startTestAws, type TestAws } from "../support/test-aws.ts";

const AUDIENCE = "https://roles.holdall.local";
const ALICE = { name: "alice", password: "alice-password" };
const BOB = { name: "bob", password: "bob-password" };

let aws: TestAws;
let client: OidcClient;
beforeAll(async () => {
  aws = await startTestAws();
  client = await OidcClient.discover(aws.info);
});
afterAll(() => aws.dispose());
afterEach(() => aws.control("DELETE", "/directory"));

async function signIn(person: typeof ALICE, extra: Record<string, string> = { resource: AUDIENCE }) {
  const outcome = await client.signIn(new CookieBrowser(), person, extra);
  if ("refused" in outcome) throw new Error(outcome.refused);
  return outcome.tokens;
}

async function ask(token: string | null, init: RequestInit = {}) {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(`${aws.info.directory}/roles`, { headers, ...init });
  return { answer, text: await answer.text() };
}

async function rolesOf(person: typeof ALICE): Promise<{ name: string; roles: { arn: string; name: string }[] }[]> {
  const { text } = await ask((await signIn(person)).access_token);
  return JSON.parse(text).applications;
}

test("the profile names address, audience and parameter", () => {
  expect(aws.info.profiles[2].credentials).toMatchObject({
    kind: "webIdentity",
    role: { kind: "directory", url: `${aws.info.directory}/roles`, audience: AUDIENCE, parameter: "resource" },
  });
});

describe("the access token", () => {
  test.each([["resource"], ["audience"]])("asked for by %s is a JWT for the directory", async (parameter) => {
    const tokens = await signIn(ALICE, { [parameter]: AUDIENCE });
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ typ: "at+jwt", alg: "RS256" });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      iss: aws.info.issuer,
      aud: AUDIENCE,
      sub: "local|alice-7f3a",
    });
    expect(decodeJwt(tokens.id_token ?? "")).toMatchObject({ aud: "holdall-local" });
    expect((await ask(tokens.access_token)).answer.status).toBe(200);
    // A refresh gives one for the same audience, without being told.
    const renewed = await client.refresh(tokens.refresh_token ?? "");
    expect((await ask(renewed.access_token)).answer.status).toBe(200);
  });

  test("without an audience is opaque, and the directory refuses it", async () => {
    const tokens = await signIn(ALICE, {});
    expect(tokens.access_token).not.toContain(".");
    expect((await ask(tokens.access_token)).answer.status).toBe(401);
  });

  test("for an audience that the provider does not know is not given", async () => {
    await expect(signIn(ALICE, { resource: "https://other.example" })).rejects.toMatchObject({
      error: "invalid_target",
    });
  });
});

describe("what is offered", () => {
  test("has the documented shape, and differs from person to person", async () => {
    const { answer, text } = await ask((await signIn(ALICE)).access_token);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(JSON.parse(text)).toEqual({
      holdall: 1,
      applications: [
        {
          name: "Holdall",
          roles: ["person", "reader", "auditor"].map((name) => ({
            arn: `arn:aws:iam::111122223333:role/holdall-${name}`,
            name: expect.any(String),
            description: expect.any(String),
          })),
        },
      ],
    });
    const bobs = await rolesOf(BOB);
    expect(bobs.flatMap(({ roles }) => roles.map(({ arn }) => arn.split("/")[1]))).toEqual([
      "holdall-person",
      "holdall-auditor",
    ]);
  });

  test("is no authorization: IAM refuses alice the auditor's role, and lets bob in", async () => {
    const assume = async (person: string, RoleArn: string) =>
      aws.assumeRole(await aws.idToken({ person }), { RoleArn });
    const auditor = (await rolesOf(ALICE))[0]?.roles[2]?.arn ?? "";
    expect(auditor).toContain("auditor");
    expect(await refusal(assume("alice", auditor))).toMatchObject({ name: "AccessDenied", status: 403 });
    await assume("bob", auditor);
  });
});

describe("tokens that the directory refuses", () => {
  const refused = async (token: string | null) => {
    const { answer, text } = await ask(token);
    expect(answer.status).toBe(401);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    if (token !== null) expect(text).not.toContain(token);
    return { challenge: answer.headers.get("www-authenticate"), problem: JSON.parse(text) };
  };
  const invalid = { challenge: expect.stringContaining('error="invalid_token"'), problem: { status: 401 } };

  test("none at all", async () => {
    expect(await refused(null)).toMatchObject({ challenge: "Bearer", problem: { status: 401, title: "Unauthorized" } });
  });

  test("an ID token, of this client and even with the directory's audience", async () => {
    expect(await refused((await signIn(ALICE)).id_token ?? "")).toMatchObject(invalid);
    expect(await refused(await aws.idToken({ person: "alice" }))).toMatchObject(invalid);
    expect(await refused(await aws.idToken({ person: "alice", clientId: AUDIENCE }))).toMatchObject(invalid);
  });

  test("one of another key, one that is changed, one without signature", async () => {
    const { privateKey } = await generateKeyPair("RS256", { extractable: true });
    await exportJWK(privateKey);
    const good = (await signIn(ALICE)).access_token;
    const { kid = "" } = decodeProtectedHeader(good);
    const forged = await new SignJWT(decodeJwt(good))
      .setProtectedHeader({ alg: "RS256", typ: "at+jwt", kid })
      .sign(privateKey);
    const [header, payload = "", signature] = good.split(".");
    const bob = Buffer.from(Buffer.from(payload, "base64url").toString().replace("alice-7f3a", "bob-c21d"));
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url");
    for (const token of [forged, `${header}.${bob.toString("base64url")}.${signature}`, `${none}.${payload}.x`]) {
      expect(await refused(token)).toMatchObject(invalid);
    }
  });

  test("one that is over", async () => {
    const short = await startTestAws({ lifetimes: { accessToken: 1 } });
    try {
      const ofShort = await OidcClient.discover(short.info);
      const outcome = await ofShort.signIn(new CookieBrowser(), ALICE, { resource: AUDIENCE });
      if ("refused" in outcome) throw new Error("refused");
      await new Promise((resolve) => setTimeout(resolve, 2100));
      const headers = { authorization: `Bearer ${outcome.tokens.access_token}` };
      const answer = await fetch(`${short.info.directory}/roles`, { headers });
      expect(answer.status).toBe(401);
      expect(await answer.text()).toContain("over");
    } finally {
      await short.dispose();
    }
  });
});

test("a person whom the directory does not know is forbidden, not unauthorized", async () => {
  const stranger = { name: "carol", password: "carol-password" };
  const person = { ...stranger, subject: "local|carol", fullName: "Carol", email: "carol@example.com" };
  const first = await startTestAws({ people: [person] });
  const outcome = await (await OidcClient.discover(first.info)).signIn(new CookieBrowser(), stranger, {
    resource: AUDIENCE,
  });
  if ("refused" in outcome) throw new Error("refused");
  await first.close();
  const second = await startTestAws({ dataDir: first.dataDir, ports: first.ports });
  try {
    const headers = { authorization: `Bearer ${outcome.tokens.access_token}` };
    const answer = await fetch(`${second.info.directory}/roles`, { headers });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
  } finally {
    await second.dispose();
  }
});

describe("a directory that misbehaves", () => {
  const answered = async (roles: string) => {
    await aws.control("PUT", "/directory", { roles });
    return ask((await signIn(ALICE)).access_token);
  };

  test("HTML, 5,000 roles, another account's role, nothing to offer, 500", async () => {
    expect((await answered("html")).answer.headers.get("content-type")).toContain("text/html");
    const many = JSON.parse((await answered("many")).text);
    expect(many.applications[0].roles).toHaveLength(5_000);
    expect((await answered("foreign")).text).toContain("arn:aws:iam::999988887777:role/");
    expect(JSON.parse((await answered("empty")).text)).toEqual({ holdall: 1, applications: [] });
    expect((await answered("malformed")).text).toContain("__proto__");
    expect((await answered("error")).answer.status).toBe(500);
    await aws.control("DELETE", "/directory");
    expect((await answered("normal")).answer.status).toBe(200);
  });

  test.each(["slow", "silent"])("%s", async (roles) => {
    await aws.control("PUT", "/directory", { roles });
    const { access_token } = await signIn(ALICE);
    await expect(ask(access_token, { signal: AbortSignal.timeout(300) })).rejects.toThrow();
  });

  test("an unknown mode is refused by the control server", async () => {
    await expect(aws.control("PUT", "/directory", { roles: "kind" })).rejects.toThrow("roles is one of");
  });
});

test("its answers carry no CORS header, and the log names them", async () => {
  await aws.control("DELETE", "/requests");
  const { access_token } = await signIn(ALICE);
  const { answer } = await ask(access_token);
  expect([...answer.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  const log = JSON.stringify(await aws.control("GET", "/requests?operation=roles"));
  expect(log).toContain('"service":"directory"');
  expect(log).toContain('"identity":"local|alice-7f3a"');
  expect(log).not.toContain(access_token);
});

test("STS answers for each role with that role", async () => {
  const sts = new STSClient({ region: aws.region, endpoint: aws.info.endpoints.sts });
  const token = await aws.idToken({ person: "alice" });
  for (const name of ["holdall-person", "holdall-reader"]) {
    const RoleArn = `arn:aws:iam::111122223333:role/${name}`;
    const command = { RoleArn, RoleSessionName: "test", WebIdentityToken: token };
    const { AssumedRoleUser } = await sts.send(new AssumeRoleWithWebIdentityCommand(command));
    expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::111122223333:assumed-role/${name}/test`);
  }
});
