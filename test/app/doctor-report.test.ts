import "../ui/fake-extension.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ReportInput, reportOf } from "../../src/app/checks/report.ts";
import { explain } from "../../src/app/doctor/explain.ts";
import { setupOf } from "../../src/app/doctor/setup-of.ts";
import { doctorWords } from "../../src/app/doctor/step-words.ts";
import type { CheckRun } from "../../src/messaging/checks-view.ts";
import type { Profile } from "../../src/shared/profile.ts";
import { deniedList, doctorRun, failedStep } from "../ui/harness/doctor-fixtures.ts";
import { profilePreview } from "../ui/harness/fixtures.ts";

function input(run: CheckRun, profile: Profile = profilePreview.profile): ReportInput {
  const around = { run, profile, settings: setupOf(profile, undefined) };
  return {
    title: "Report",
    run,
    words: doctorWords(),
    profile,
    version: "1.2.3",
    browser: "Browser/1",
    explain: (step) => explain(step, around),
  };
}

test("names versions, profile, every step with its time, and of a failure code, request id and change", () => {
  const report = reportOf(input(doctorRun({ "objects.list": failedStep(deniedList) })));
  for (const part of [
    "1.2.3",
    "Browser/1",
    "https://login.acme.example/",
    "arn:aws:iam::123456789012:role/holdall-beta-people",
    "acme-beta-items (pk, sk)",
    "- doctor_step_discovery: **check_passed** (182 ms)",
    "- doctor_step_objects_list: **check_failed**",
    "access-denied",
    "4442587FB7D0A2F9",
    '"Sid": "ListOwnFolder"',
  ]) {
    expect(report).toContain(part);
  }
  expect(report.match(/\*\*check_passed\*\*/g)).toHaveLength(32);
});

test("a step that was not tried says why", () => {
  const report = reportOf(input(doctorRun({ links: { state: "skipped", facts: { because: "objects.put" } } })));
  expect(report).toContain("- doctor_step_links: **check_skipped**: check_because_step doctor_step_objects_put");
});

const base64url = fc.stringMatching(/^[A-Za-z0-9_-]{20,60}$/);
const secrets = fc.oneof(
  fc
    .tuple(base64url, base64url, base64url)
    .map(([a, b, c]) => ({ secret: `eyJ${a}.${b}.${c}`, said: `eyJ${a}.${b}.${c}` })),
  fc.stringMatching(/^ASIA[A-Z0-9]{16}$/).map((secret) => ({ secret, said: secret })),
  fc.stringMatching(/^IQoJ[A-Za-z0-9+/]{60}$/).map((secret) => ({ secret, said: secret })),
  base64url.map((secret) => ({ secret, said: `https://b.s3.example/k?X-Amz-Signature=${secret}&x=1` })),
  base64url.map((secret) => ({ secret, said: `Bearer ${secret}` })),
  base64url.map((secret) => ({ secret, said: `refresh_token=${secret}` })),
);

test("what looks like a secret is in no report, wherever somebody put it", () => {
  fc.assert(
    fc.property(secrets, fc.constantFrom("detail", "subs", "fact", "name"), ({ secret, said }, where) => {
      const facts = { ...deniedList.facts, ...(where === "detail" && { detail: said }) };
      const subs = where === "subs" ? ["s3:ListBucket", said] : (deniedList.facts.subs ?? []);
      const step = failedStep({ ...deniedList, facts: { ...facts, subs } }, where === "fact" ? { host: said } : {});
      const profile = { ...profilePreview.profile, ...(where === "name" && { name: said }) };
      expect(reportOf(input(doctorRun({ "objects.list": step }), profile))).not.toContain(secret);
    }),
    { numRuns: 300 },
  );
});

test("a service's sentence begins neither a heading nor a list of its own", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const step = failedStep({ ...deniedList, facts: { ...deniedList.facts, detail: `a\n# ${text}\n- b` } });
      const lines = reportOf(input(doctorRun({ "objects.list": step }))).split("\n");
      expect(lines.filter((line) => line.startsWith("#"))).toHaveLength(6);
    }),
  );
});
