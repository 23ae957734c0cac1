import "../ui/fake-extension.ts";
import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { explain } from "../../src/app/doctor/explain.ts";
import { setupOf } from "../../src/app/doctor/setup-of.ts";
import { doctorWords } from "../../src/app/doctor/step-words.ts";
import { doctorPlan } from "../../src/doctor/doctor-plan.ts";
import type { CheckStep } from "../../src/messaging/checks-view.ts";
import { permissionPolicy } from "../../src/setup/permission-policy.ts";
import { trustPolicy } from "../../src/setup/trust-policy.ts";
import type { ErrorCode } from "../../src/shared/error-codes.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { redirectUrls } from "../../src/shared/redirect-urls.ts";
import { doctorRun, failedStep, refusedClient } from "../ui/harness/doctor-fixtures.ts";
import { profilePreview } from "../ui/harness/fixtures.ts";

const { profile } = profilePreview;

function explained(id: string, code: ErrorCode, subs: string[] = [], facts = {}, changes: Partial<Profile> = {}) {
  const own = { ...profile, ...changes };
  const step: CheckStep = { id, ms: 1, state: "failed", error: { code, facts: { subs } }, facts };
  const run = doctorRun({ [id]: step });
  return explain(step, { run, profile: own, settings: setupOf(own, undefined) });
}

const texts = (found: ReturnType<typeof explained>) => found?.changes.map(({ text }) => text) ?? [];

test("every step of the plan has a name, in the plan's order", () => {
  const named = doctorWords().groups.flatMap(({ steps }) => steps.map(([id]) => id));
  expect(named).toEqual(doctorPlan.steps.map(({ id }) => id));
});

describe("a permission that is missing", () => {
  test.each([
    ["items.get", "dynamodb:GetItem", "OwnItems"],
    ["items.delete", "dynamodb:DeleteItem", "OwnItems"],
    ["objects.list", "s3:ListBucket", "ListOwnFolder"],
    ["objects.put", "s3:PutObject", "OwnObjects"],
    ["objects.abort", "s3:AbortMultipartUpload", "OwnObjects"],
    ["objects.versions", "s3:DeleteObjectVersion", "OwnObjects"],
  ])("%s: %s is in the statement %s of setup's own policy, and marked there", (step, action, sid) => {
    const found = explained(step, "access-denied", [action, "x"]);
    const [change] = found?.changes ?? [];
    const settings = setupOf(profile, undefined);
    const statement = permissionPolicy(settings).Statement.find(({ Sid }) => Sid === sid);
    expect(JSON.parse(change?.text ?? "")).toEqual(statement);
    const lines = change?.text.split("\n") ?? [];
    expect(change?.lines.map((line) => lines[line]).some((line) => line?.includes(`"${action}"`))).toBe(true);
    expect(change?.where).toContain("holdall-beta-people");
  });

  test("of a key of KMS is another statement's matter", () => {
    const step = {
      code: "access-denied",
      facts: { subs: ["kms:GenerateDataKey", "k"], detail: "kms:GenerateDataKey" },
    };
    const made = { id: "objects.put", ms: 1, state: "failed", error: step, facts: {} } as CheckStep;
    const found = explain(made, { run: doctorRun(), profile, settings: setupOf(profile, undefined) });
    expect(found).toEqual({ cause: "doctor_cause_kms", changes: [] });
  });
});

describe("the trust", () => {
  test("the policy as setup writes it, with the lines that name provider and client", () => {
    const [change] = explained("trust", "trust-refused", ["arn"])?.changes ?? [];
    expect(JSON.parse(change?.text ?? "")).toEqual(trustPolicy(setupOf(profile, undefined)));
    const lines = change?.text.split("\n") ?? [];
    expect(change?.lines.map((line) => lines[line]?.trim())).toEqual([
      '"Federated": "arn:aws:iam::123456789012:oidc-provider/login.acme.example/"',
      '"login.acme.example/:aud": "holdall-beta"',
    ]);
  });

  test("of an identity pool names the pool", () => {
    const pool = "eu-central-1:1f2e3d4c-0000-4000-8000-0123456789ab";
    const credentials = { kind: "identityPool" as const, identityPoolId: pool };
    const [change] = explained("trust", "trust-refused", [], {}, { credentials })?.changes ?? [];
    const lines = change?.text.split("\n") ?? [];
    expect(change?.lines.map((line) => lines[line]?.trim())).toEqual([
      '"Federated": "cognito-identity.amazonaws.com"',
      `"cognito-identity.amazonaws.com:aud": "${pool}"`,
    ]);
  });

  test("a provider that AWS does not know: the command that creates it", () => {
    expect(texts(explained("exchange", "provider-unknown", [profile.issuer]))).toEqual([
      "aws iam create-open-id-connect-provider --url https://login.acme.example/ --client-id-list holdall-beta",
    ]);
  });

  test("another role than the profile's, where the person chose one", () => {
    const role = { arn: "arn:aws-cn:iam::210987654321:role/path/chosen", name: "Chosen" };
    expect(setupOf(profile, role)).toMatchObject({
      account: "210987654321",
      options: { partition: "aws-cn", roleName: "chosen" },
    });
  });
});

describe("the provider", () => {
  test.each([
    ["https://acme.eu.auth0.com/", "Allowed Callback URLs"],
    ["https://login.microsoftonline.com/6f1c/v2.0", "Single-page application"],
    ["https://dev-1.okta.com/oauth2/default", "Sign-in redirect URIs"],
    ["https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbC", "Allowed callback URLs"],
    ["https://id.acme.example/realms/people", "Valid redirect URIs"],
    ["https://id.acme.example", "doctor_at_provider_redirects"],
  ])("%s: both redirect URLs, and where they belong", (issuer, place) => {
    const step = { id: "redirect", ms: 1, facts: {}, ...failedStep(refusedClient) } as CheckStep;
    const own = { ...profile, issuer };
    const run = doctorRun({ redirect: step, discovery: { facts: {} } });
    const [change] = explain(step, { run, profile: own, settings: setupOf(own, undefined) })?.changes ?? [];
    expect(change?.where).toContain(place);
    expect(change?.text.split("\n").sort()).toEqual(Object.values(redirectUrls).sort());
  });

  test("a browser whose redirect URL is its own: that one first, and marked", () => {
    const redirect = "https://abcdefghijklmnop.chromiumapp.org/";
    const [change] = explained("redirect", "client-refused", ["c"], { redirect })?.changes ?? [];
    expect(change?.text.split("\n")[0]).toBe(redirect);
    expect(change?.lines).toEqual([0]);
  });

  test("another name: the line of the profile with the name that the provider gives itself", () => {
    const other = "https://login.acme.example";
    expect(texts(explained("discovery", "issuer-mismatch", [profile.issuer, other]))).toEqual([`"issuer": "${other}"`]);
  });
});

test.each([
  ["region", "wrong-region", ["eu-central-1", "us-east-1"], ['"region": "us-east-1"']],
  ["checksum", "checksum-missing", [], ['"checksum": "none"']],
  ["bucket", "unreachable", ["h"], ['"forcePathStyle": true']],
  ["table", "table-missing", ["t"], ['"name": "acme-beta-items"', '"region": "eu-central-1"']],
  ["bucket", "bucket-missing", ["b"], ['"name": "acme-beta-data"']],
] as const)("%s, %s: the line of the profile", (step, code, subs, lines) => {
  expect(texts(explained(step, code, [...subs]))).toEqual(lines);
});

test("every cause is a text", async () => {
  const english = JSON.parse(await readFile(new URL("../../_locales/en/doctor.json", import.meta.url), "utf8"));
  const codes = Object.keys((await import("../../src/shared/error-codes.ts")).errorCodes) as ErrorCode[];
  const causes = codes.flatMap((code) => explained("exchange", code, ["a", "b"])?.cause ?? []);
  expect(causes.length).toBeGreaterThan(25);
  expect(causes.filter((cause) => !english[cause.split(" ")[0] ?? ""])).toEqual([]);
});

test("what did not fail is not explained", () => {
  const step: CheckStep = { id: "token", ms: 1, state: "passed", error: null, facts: {} };
  expect(explain(step, { run: doctorRun(), profile, settings: setupOf(profile, undefined) })).toBeNull();
});
