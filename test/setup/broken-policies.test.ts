import { describe, expect, test } from "vitest";
import { localSettings, poolSettings } from "../../local/config.ts";
import { policyAllows } from "../../local/iam/evaluate.ts";
import { trusts } from "../../local/iam/trust.ts";
import { COGNITO } from "../../src/setup/identity-pool.ts";
import { issuerPrefix, providerArn, roleArn } from "../../src/setup/issuer.ts";
import { renderSetup } from "../../src/setup/render-setup.ts";
import { BROKEN_POLICIES } from "../support/broken-policies.ts";
import { BROKEN_TRUSTS } from "../support/broken-trusts.ts";

const settings = {
  webIdentity: localSettings("https://login.example.com/"),
  identityPool: poolSettings("https://login.example.com/"),
};
const identities = { webIdentity: "local|alice", identityPool: "eu-central-1:12345678-1234-4234-8234-123456789012" };

describe.each(["webIdentity", "identityPool"] as const)("by %s", (path) => {
  const own = settings[path];
  const prefix = path === "identityPool" ? COGNITO : issuerPrefix(own.issuer);
  const identity = identities[path];

  test.each(BROKEN_POLICIES)("$name: $hole", ({ permissionPolicy, reach }) => {
    const wanted = reach(own, identity);
    const question = {
      ...wanted,
      context: { ...wanted.context, [`${prefix}:sub`]: identity },
      roleArn: roleArn(own),
      accountId: own.account,
    };
    expect(policyAllows(renderSetup(own).permissionPolicy, question)).toBe(false);
    expect(policyAllows(permissionPolicy(own), question)).toBe(true);
  });
});

test.each(BROKEN_TRUSTS)("trust, $name: $hole", ({ credentials, trustPolicy, caller }) => {
  const own = settings[credentials];
  const rendered = renderSetup(own);
  const role = {
    arn: rendered.role.arn,
    name: rendered.role.name,
    accountId: own.account,
    maxSessionSeconds: 3600,
    trustPolicy: rendered.trustPolicy,
    permissionPolicy: rendered.permissionPolicy,
  };
  const principal = {
    federated: credentials === "identityPool" ? COGNITO : providerArn(own),
    context: caller(own),
  };
  expect(trusts(role, principal)).toBe(false);
  expect(trusts({ ...role, trustPolicy: trustPolicy(own) }, principal)).toBe(true);
});

test("each has a name of its own", () => {
  const names = [...BROKEN_POLICIES, ...BROKEN_TRUSTS].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
