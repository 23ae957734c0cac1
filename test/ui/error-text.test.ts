import "./fake-extension.ts";
import { expect, test } from "vitest";
import { errorFacts, errorText } from "../../src/ui/error-text.ts";
import { errors } from "./harness/fixtures.ts";

test("a role that refuses is named by its name; its ARN is among the details", () => {
  const [arn] = errors.trust.facts.subs;
  expect(errorText(errors.trust).what).toBe("error_trust_refused holdall-beta-people");
  expect(errorFacts(errors.trust)).toContainEqual(["account_role", arn]);
  expect(errorFacts(errors.denied).map(([label]) => label)).not.toContain("account_role");
});

test("bytes are grouped where a name is too long, control characters are shown", () => {
  expect(errorText({ code: "item-too-large", facts: { subs: ["410045"] } }).what).toContain("410,045");
  expect(errorText({ code: "name-control-character", facts: { subs: ["a\nb"] } }).what).toContain("a\\nb");
});
