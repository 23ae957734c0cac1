/** Deliberate faults, each at its place in the chain: the right step has to fail, with the right words. */
import { afterEach, describe, expect, test, vi } from "vitest";
import type { PolicyDocument } from "../../src/setup/policy-document.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { firstFailure, useDoctor } from "./support/doctor-world.ts";
import { type Answers, honestAnswers, type LyingProvider, startLyingProvider } from "./support/lying-provider.ts";

const browser = vi.hoisted(() => {
  const holder: { current: object } = { current: {} };
  Object.assign(globalThis, { browser: new Proxy({}, { get: (_, key) => Reflect.get(holder.current, key) }) });
  return holder;
});

const doctor = useDoctor(browser);
const nowhere = "http://127.0.0.1:9";

async function found(): Promise<{ id?: string; code?: string; subs?: string[] }> {
  const failed = firstFailure(await doctor.run());
  const { code, facts } = failed?.error ?? {};
  return { id: failed?.id ?? "", code: code ?? "", subs: facts?.subs ?? [] };
}

const fault = (operation: string, more: object) =>
  doctor.world.control("POST", "/faults", { operation, kind: "error", count: null, ...more });

describe("the extension", () => {
  test("a host's permission was taken away", async () => {
    doctor.world.fake.granted.delete("http://127.0.0.1/*");
    expect(await found()).toEqual({ id: "permissions", code: "permission-needed", subs: ["127.0.0.1"] });
    doctor.world.fake.granted.add("http://127.0.0.1/*");
  });

  test("there is no network", async () => {
    vi.stubGlobal("navigator", { ...navigator, onLine: false });
    expect(await found()).toMatchObject({ id: "network", code: "offline" });
    vi.stubGlobal("navigator", { ...navigator, onLine: true });
  });
});

describe("the provider", () => {
  let provider: LyingProvider | null = null;
  afterEach(async () => {
    await provider?.close();
    provider = null;
  });
  async function lie(answers: Answers): Promise<string> {
    provider = await startLyingProvider(answers);
    await doctor.useProfile({ issuer: provider.issuer });
    return provider.issuer;
  }

  test("does not answer", async () => {
    await doctor.useProfile({ issuer: nowhere });
    expect(await found()).toEqual({ id: "discovery", code: "issuer-unreachable", subs: [nowhere] });
  });

  test("answers with a page", async () => {
    await lie({ "/.well-known/openid-configuration": { type: "text/html", body: "<html>Welcome</html>" } });
    expect(await found()).toMatchObject({ id: "discovery", code: "issuer-not-openid" });
  });

  test("calls itself something else, by a slash", async () => {
    const { issuer } = doctor.world.aws.profile;
    await doctor.useProfile({ issuer: `${issuer}/` });
    expect(await found()).toEqual({ id: "discovery", code: "issuer-mismatch", subs: [`${issuer}/`, issuer] });
  });

  test("wants its tokens asked for without encryption", async () => {
    await lie(honestAnswers({ token_endpoint: "http://login.example.com/token" }));
    expect(await found()).toEqual({
      id: "discovery",
      code: "issuer-insecure",
      subs: ["http://login.example.com/token"],
    });
  });

  test("knows no S256", async () => {
    await lie(honestAnswers({ code_challenge_methods_supported: ["plain"] }));
    expect(await found()).toEqual({
      id: "pkce",
      code: "provider-lacks",
      subs: ["code_challenge_methods_supported: S256", "plain"],
    });
  });

  test("knows no openid", async () => {
    await lie(honestAnswers({ scopes_supported: ["email"] }));
    expect(await found()).toMatchObject({ id: "scopes", code: "provider-lacks" });
  });

  test("publishes no key that AWS could use", async () => {
    await lie({ ...honestAnswers(), "/keys": { body: { keys: [{ kty: "OKP", crv: "Ed25519", kid: "one" }] } } });
    expect(await found()).toMatchObject({ id: "keys", code: "provider-lacks" });
  });

  test("publishes no keys at all", async () => {
    await lie({ ...honestAnswers(), "/keys": { status: 500, body: "" } });
    expect(await found()).toMatchObject({ id: "keys", code: "issuer-not-openid" });
  });

  test("does not know the client", async () => {
    await doctor.useProfile({ clientId: "nobody" });
    expect(await found()).toEqual({ id: "redirect", code: "client-refused", subs: ["nobody"] });
  });

  test("shows its refusals by redirects, and the browser hides where to: not proven", async () => {
    await lie(honestAnswers({ token_endpoint: "{issuer}/oauth/token" }));
    const done = await doctor.run();
    expect(firstFailure(done)).toBeUndefined();
    expect(done.steps.find(({ id }) => id === "redirect")?.state).toBe("unproven");
  });

  test("says in a page that it does not know the redirect URL", async () => {
    const page = "<html>AADSTS50011: The redirect URI does not match.</html>";
    await lie({ ...honestAnswers(), "/authorize": { type: "text/html", body: page } });
    expect(await found()).toMatchObject({ id: "redirect", code: "client-refused" });
  });

  test("does not know the redirect URL", async () => {
    const { identity } = doctor.world.fake;
    const before = identity.getRedirectURL;
    identity.getRedirectURL = () => "https://elsewhere.chromiumapp.org/";
    expect(await found()).toMatchObject({ id: "redirect", code: "client-refused" });
    identity.getRedirectURL = before;
  });
});

describe("the token and its exchange", () => {
  test("this machine's clock is wrong", async () => {
    await doctor.world.signIn("alice");
    await doctor.world.control("POST", "/clock", { offsetMs: -1_200_000 });
    expect(await found()).toEqual({ id: "clock", code: "clock-wrong", subs: ["20"] });
  });

  test("STS does not answer", async () => {
    await doctor.useProfile({ endpoints: { ...doctor.world.aws.profile.endpoints, sts: nowhere } });
    expect(await found()).toMatchObject({ id: "clock", code: "sts-unreachable" });
  });

  test("AWS refuses the token", async () => {
    await doctor.world.signIn("alice");
    await fault("AssumeRoleWithWebIdentity", { status: 400, code: "IDPRejectedClaim" });
    expect(await found()).toMatchObject({ id: "exchange", code: "token-refused" });
  });
});

describe("the table", () => {
  async function withTable(table: Partial<Profile["table"]>) {
    await doctor.useProfile({ table: { ...doctor.world.aws.profile.table, ...table } });
    await doctor.world.signIn("alice");
  }

  test("is not there", async () => {
    await doctor.world.signIn("alice");
    await fault("GetItem", { status: 400, code: "ResourceNotFoundException" });
    expect(await found()).toMatchObject({ id: "table", code: "table-missing" });
  });

  test("has another name than the policy says: IAM refuses before it is looked for", async () => {
    await withTable({ name: "misspelled" });
    expect(await found()).toMatchObject({ id: "items.get", code: "access-denied" });
  });

  test("has another sort key", async () => {
    await withTable({ sortKey: "sort" });
    expect(await found()).toMatchObject({ id: "table", code: "table-keys" });
  });
});

describe("the bucket", () => {
  test("is not there", async () => {
    await doctor.world.signIn("alice");
    await fault("ListObjectsV2", { status: 404, code: "NoSuchBucket" });
    expect(await found()).toMatchObject({ id: "bucket", code: "bucket-missing" });
  });

  test("has another name than the policy says", async () => {
    const { bucket } = doctor.world.aws.profile;
    await doctor.useProfile({ bucket: { ...bucket, name: "somebody-elses" } });
    await doctor.world.signIn("alice");
    expect((await found()).id).toMatch(/^(?:bucket|objects\.list)$/);
  });

  test("does not answer", async () => {
    await doctor.useProfile({ endpoints: { ...doctor.world.aws.profile.endpoints, s3: nowhere } });
    await doctor.world.signIn("alice");
    expect(await found()).toMatchObject({ id: "bucket", code: "unreachable" });
  });
});

interface Role {
  name: string;
  permissionPolicy: PolicyDocument;
  trustPolicy: PolicyDocument;
}

/** The role in use, with the policies that setup renders. */
async function ownRole(): Promise<Role> {
  const roles = (await doctor.world.control("GET", "/iam/roles")) as Role[];
  const { credentials } = doctor.world.aws.profile;
  const arn = credentials.kind === "webIdentity" && credentials.role.kind === "fixed" ? credentials.role.arn : "";
  const role = roles.find(({ name }) => arn.endsWith(`/${name}`));
  if (role === undefined) throw new Error("there is no such role");
  return role;
}

const actions: [action: string, step: string][] = [
  ["dynamodb:GetItem", "items.get"],
  ["dynamodb:Query", "items.query"],
  ["dynamodb:PutItem", "items.put"],
  ["dynamodb:UpdateItem", "items.update"],
  ["dynamodb:DeleteItem", "items.delete"],
  ["s3:ListBucket", "objects.list"],
  ["s3:PutObject", "objects.put"],
  ["s3:GetObject", "objects.head"],
  ["s3:ListMultipartUploadParts", "objects.parts"],
  ["s3:AbortMultipartUpload", "objects.abort"],
  ["s3:DeleteObject", "objects.delete"],
  ["s3:DeleteObjectVersion", "objects.versions"],
];

describe("the role's policies", () => {
  afterEach(() => doctor.world.control("DELETE", "/iam"));

  test.each(actions)("lack %s: %s fails, and says so", async (action, step) => {
    const { name, permissionPolicy } = await ownRole();
    const Statement = permissionPolicy.Statement.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((one) => one !== action),
    }));
    expect(Statement).not.toEqual(permissionPolicy.Statement);
    await doctor.world.signIn("alice");
    const policy = { ...permissionPolicy, Statement };
    await doctor.world.control("PUT", "/iam/permission-policy", { role: name, policy });
    expect(await found()).toMatchObject({ id: step, code: "access-denied", subs: [action, expect.any(String)] });
  });

  test("list the folder under another prefix", async () => {
    const { name, permissionPolicy } = await ownRole();
    const text = JSON.stringify(permissionPolicy).replaceAll(':sub}/*"', ':sub}-files/*"');
    await doctor.world.signIn("alice");
    await doctor.world.control("PUT", "/iam/permission-policy", { role: name, policy: JSON.parse(text) });
    expect(await found()).toMatchObject({ id: "objects.list", code: "access-denied" });
  });

  test("trust another client", async () => {
    const { name, trustPolicy } = await ownRole();
    const { clientId } = doctor.world.aws.profile;
    const text = JSON.stringify(trustPolicy).replaceAll(`"${clientId}"`, '"another-client"');
    await doctor.world.signIn("alice");
    await doctor.world.control("PUT", "/iam/trust-policy", { role: name, policy: JSON.parse(text) });
    expect(await found()).toMatchObject({ id: "trust", code: "trust-refused" });
  });
});

// Last: for ten seconds nobody could sign in with the new key.
test("the key that signed the token is published no more", async () => {
  await doctor.world.signIn("alice");
  await doctor.world.control("POST", "/issuer/rotate-keys", { forget: true });
  expect(await found()).toMatchObject({ id: "token", code: "id-token-signature" });
});
