import { describe, expect, test } from "vitest";
import { policyAllows } from "../../../local/iam/evaluate.ts";
import { parseSettings } from "../../../src/setup/parse-settings.ts";
import { permissionPolicy } from "../../../src/setup/permission-policy.ts";
import { trustPolicy } from "../../../src/setup/trust-policy.ts";

const settings = parseSettings({ issuer: "https://login.example.com", clientId: "c", bucket: "files" });
const accountId = settings.account;
const roleArn = `arn:aws:iam::${accountId}:role/holdall-person`;

function allows(policy: unknown, action: string, resource: string, more: Record<string, string | string[]>): boolean {
  const context = { "login.example.com:sub": "bob", "login.example.com:aud": "c", ...more };
  return policyAllows(policy, { action, resource, context, roleArn, accountId });
}
const mayGet = (key: string, policy: unknown = permissionPolicy(settings)) =>
  allows(policy, "s3:GetObject", `arn:aws:s3:::files/${key}`, {});
const mayAssume = (sub: string) => {
  const Statement = trustPolicy(settings).Statement.map(({ Principal: _, ...one }) => ({ ...one, Resource: roleArn }));
  const policy = { Version: "2012-10-17", Statement };
  return allows(policy, "sts:AssumeRoleWithWebIdentity", roleArn, { "login.example.com:sub": sub });
};

describe("the local IAM", () => {
  test("takes a star in a key for a star: it widens nothing and is nobody's", () => {
    expect(["bob/a", "bob/*", "bob/a*b", "bob/?"].map((key) => mayGet(key))).toEqual([true, true, true, true]);
    expect(["*", "*/x", "b*/x", "*ob/a", "alice/*"].filter((key) => mayGet(key))).toEqual([]);
  });

  test("knows the star that a policy spells out", () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM policy variables, not JavaScript's
    const Statement = [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::files/bob/${*}/*" }];
    const policy = { Version: "2012-10-17", Statement };
    expect([mayGet("bob/*/a", policy), mayGet("bob/x/a", policy)]).toEqual([true, false]);
  });

  test.each(["\n", "\r", "\u2028", "\u2029"])("lets * stand for %j too, as AWS does", (end) => {
    expect([mayGet(`bob/a${end}b`), mayGet(`alice/${end}`), mayGet(`${end}bob/a`)]).toEqual([true, false, false]);
    const prefixes = [`bob/${end}`, `${end}bob/`].map((prefix) =>
      allows(permissionPolicy(settings), "s3:ListBucket", "arn:aws:s3:::files", { "s3:prefix": prefix }),
    );
    expect(prefixes).toEqual([true, false]);
    expect(mayAssume(`b${end}ob`)).toBe(true);
    for (const mark of ["/", "#", "*", "?", "$"]) expect(mayAssume(`b${end}ob${mark}x`)).toBe(false);
  });
});
