import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { localSettings } from "../../local/config.ts";
import { policyAllows } from "../../local/iam/evaluate.ts";
import { checkSessionPolicy } from "../../local/sts/session-policy.ts";
import { roleArn } from "../../src/setup/issuer.ts";
import type { PolicyDocument } from "../../src/setup/policy-document.ts";
import { SESSION_POLICY_LIMIT, type SitePolicyInput, siteArea, sitePolicy } from "../../src/setup/site-policy.ts";

const settings = localSettings("https://login.example.com/");
const all = ["read", "write", "delete"] as const;

const grantFor = (identity: string, site: string): SitePolicyInput => ({
  identity,
  site,
  files: all,
  items: all,
  partition: settings.options.partition,
  region: settings.region,
  account: settings.account,
  bucket: settings.bucket,
  table: settings.table,
});

const table = `arn:aws:dynamodb:${settings.region}:${settings.account}:table/${settings.table}`;
const bucket = `arn:aws:s3:::${settings.bucket}`;
const around = { roleArn: roleArn(settings), accountId: settings.account };

const onObject = (action: string, key: string) => ({
  ...around,
  action: `s3:${action}`,
  resource: `${bucket}/${key}`,
  context: {},
});
const onItems = (action: string, keys: string[]) => ({
  ...around,
  action: `dynamodb:${action}`,
  resource: table,
  context: keys.length === 0 ? {} : { "dynamodb:LeadingKeys": keys },
});
const listing = (prefix: string | null) => ({
  ...around,
  action: "s3:ListBucket",
  resource: bucket,
  context: prefix === null ? {} : { "s3:prefix": prefix },
});

function documentOf(grant: SitePolicyInput): PolicyDocument {
  const text = sitePolicy(grant);
  if (text === null) throw new Error("too long");
  return JSON.parse(text);
}

/** What can stand in a key: no slash, no control characters; the special ones often. */
const name = fc
  .array(fc.oneof(fc.constantFrom(..."*?$|:-._@é漢😀{}"), fc.stringMatching(/^[a-z0-9]$/)), {
    minLength: 1,
    maxLength: 24,
  })
  .map((parts) => parts.join(""));

describe("any identity and any site", () => {
  test("is text that STS takes, and never longer than it takes", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: "binary" }), name, (identity, site) => {
        const text = sitePolicy(grantFor(identity, site));
        if (text === null) return;
        expect(text).toMatch(/^[\u0020-\u00ff]+$/);
        expect(text.length).toBeLessThanOrEqual(SESSION_POLICY_LIMIT);
        checkSessionPolicy(text);
      }),
    );
  });

  test("the area is allowed, what is beside it is not", () => {
    fc.assert(
      fc.property(name, name, name, (identity, site, other) => {
        fc.pre(other !== site && other !== identity);
        const policy = documentOf(grantFor(identity, site));
        const { folder, partition } = siteArea(identity, site);
        const others = [siteArea(identity, other), siteArea(other, site)];
        expect(policyAllows(policy, onObject("GetObject", `${folder}a.txt`))).toBe(true);
        expect(policyAllows(policy, onItems("PutItem", [partition]))).toBe(true);
        expect(policyAllows(policy, listing(folder))).toBe(true);
        for (const beside of others) {
          expect(policyAllows(policy, onObject("GetObject", `${beside.folder}a.txt`))).toBe(false);
          expect(policyAllows(policy, onItems("PutItem", [beside.partition]))).toBe(false);
          expect(policyAllows(policy, onItems("BatchGetItem", [partition, beside.partition]))).toBe(false);
          expect(policyAllows(policy, listing(beside.folder))).toBe(false);
        }
        expect(policyAllows(policy, onObject("GetObject", `${identity}/own.txt`))).toBe(false);
        expect(policyAllows(policy, onItems("GetItem", [identity]))).toBe(false);
        expect(policyAllows(policy, onItems("Scan", []))).toBe(false);
        expect(policyAllows(policy, listing(null))).toBe(false);
      }),
    );
  });
});

test("a name of stars matches stars alone", () => {
  const policy = documentOf(grantFor("*", "?"));
  expect(policyAllows(policy, onObject("GetObject", "*/apps/?/a"))).toBe(true);
  expect(policyAllows(policy, onObject("GetObject", "bob/apps/x/a"))).toBe(false);
  expect(policyAllows(policy, onItems("GetItem", ["*#app#?"]))).toBe(true);
  expect(policyAllows(policy, onItems("GetItem", ["bob#app#x"]))).toBe(false);
});

test("a variable in a name is no variable", () => {
  const policy = documentOf(grantFor("$" + "{aws:PrincipalAccount}", "notes"));
  expect(policyAllows(policy, onItems("GetItem", [`${settings.account}#app#notes`]))).toBe(false);
});

test("only what was granted", () => {
  const policy = documentOf({ ...grantFor("alice", "notes"), files: ["read"], items: [] });
  const { folder, partition } = siteArea("alice", "notes");
  expect(policyAllows(policy, onObject("GetObject", `${folder}a`))).toBe(true);
  expect(policyAllows(policy, onObject("PutObject", `${folder}a`))).toBe(false);
  expect(policyAllows(policy, onObject("DeleteObject", `${folder}a`))).toBe(false);
  expect(policyAllows(policy, onItems("GetItem", [partition]))).toBe(false);
  const writing = documentOf({ ...grantFor("alice", "notes"), files: ["write"], items: ["write"] });
  expect(policyAllows(writing, onObject("GetObject", `${folder}a`))).toBe(false);
  expect(policyAllows(writing, listing(folder))).toBe(false);
  expect(policyAllows(writing, onItems("PutItem", [partition]))).toBe(true);
});

test("what is too long for STS is said, not sent", () => {
  expect(sitePolicy(grantFor("a".repeat(255), "notes"))).not.toBeNull();
  expect(sitePolicy(grantFor("漢".repeat(255), "notes"))).toBeNull();
});
