import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { policyAllows } from "../../local/iam/evaluate.ts";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import { parseSettings } from "../../src/setup/parse-settings.ts";
import { renderSetup } from "../../src/setup/render-setup.ts";

const page = readFileSync(join(ROOT, "docs/admin/revoke.md"), "utf8");
const issuer = "https://login.example.com/";
const settings = parseSettings({
  issuer,
  clientId: "client-1",
  account: "111122223333",
  bucket: "files",
  table: "items",
});
const { role, permissionPolicy } = renderSetup(settings);

/** What the page has an administrator write, beside setup's own policy as IAM reads both. */
function withDenial(condition: object) {
  const [, json = ""] = /<<'JSON'\n([\s\S]*?)\nJSON\n/.exec(page) ?? [];
  const { Version, Statement } = JSON.parse(json) as { Version: string; Statement: [{ Condition: object }] };
  const [denial] = Statement;
  return {
    Version,
    Statement: [...permissionPolicy.Statement, { ...denial, Condition: { ...denial.Condition, ...condition } }],
  };
}

/** True when somebody may read their own file, in a session that began at `issued`. */
function reads(policy: object, subject: string, issued: string): boolean {
  return policyAllows(policy, {
    action: "s3:GetObject",
    resource: `arn:aws:s3:::files/${subject}/a.txt`,
    context: { "login.example.com/:sub": subject, "aws:TokenIssueTime": issued },
    roleArn: role.arn,
    accountId: "111122223333",
  });
}

test("the deny for one person refuses that person and nobody else", () => {
  const policy = withDenial({});
  expect(reads(permissionPolicy, "THE_SUBJECT", "2026-01-31T13:00:00Z")).toBe(true);
  expect(reads(policy, "THE_SUBJECT", "2026-01-31T13:00:00Z")).toBe(false);
  expect(reads(policy, "SOMEBODY_ELSE", "2026-01-31T13:00:00Z")).toBe(true);
});

test("with a time, it refuses only what was issued before", () => {
  const [, written = ""] = /("DateLessThan": \{[^}]*\})/.exec(page) ?? [];
  const policy = withDenial(JSON.parse(`{${written}}`) as object);
  expect(reads(policy, "THE_SUBJECT", "2026-01-31T13:59:59Z")).toBe(false);
  expect(reads(policy, "THE_SUBJECT", "2026-01-31T14:00:01Z")).toBe(true);
  expect(reads(policy, "SOMEBODY_ELSE", "2026-01-31T13:59:59Z")).toBe(true);
});
