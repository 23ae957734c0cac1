import "../ui/fake-extension.ts";
import { describe, expect, test } from "vitest";
import { reportOf } from "../../src/app/checks/report.ts";
import { setupOf } from "../../src/app/doctor/setup-of.ts";
import { explainHole } from "../../src/app/proof/explain-hole.ts";
import { probeCommand } from "../../src/app/proof/probe-command.ts";
import { proofWords } from "../../src/app/proof/proof-words.ts";
import { isDenial, verdictOf } from "../../src/app/proof/verdict.ts";
import { verdictText } from "../../src/app/proof/verdict-text.ts";
import { proofPlan } from "../../src/doctor/proof/proof-plan.ts";
import type { CheckRun, CheckStep } from "../../src/messaging/checks-view.ts";
import { permissionPolicy } from "../../src/setup/permission-policy.ts";
import { profilePreview } from "../ui/harness/fixtures.ts";
import { proofViews } from "../ui/harness/proof-fixtures.ts";

const { profile } = profilePreview;
const settings = setupOf(profile, undefined);
const { green, hole, pool, unproven, running } = Object.fromEntries(
  Object.entries(proofViews).map(([name, view]) => [name, view.checks.proof as CheckRun]),
) as Record<keyof typeof proofViews, CheckRun>;

test("every line of the plan has a name", () => {
  const named = proofWords().groups.flatMap(({ steps }) => steps.map(([id]) => id));
  expect(named.toSorted()).toEqual(proofPlan.steps.map(({ id }) => id).toSorted());
  expect(new Set(named).size).toBe(named.length);
});

describe("a hole", () => {
  const action = (id: string) =>
    id.includes("items") ? "dynamodb:GetItem" : id.startsWith("list") ? "s3:ListBucket" : "s3:GetObject";
  const found = (id: string): CheckStep => ({
    ...{ id, ms: 1, state: "failed", facts: {} },
    error: { code: "isolation-hole", facts: { subs: [action(id), "x"] } },
  });

  test("of any line has a sentence, and the statement as setup writes it", () => {
    const lines = proofPlan.steps.map(({ id }) => id).filter(isDenial);
    expect(lines).toHaveLength(44);
    for (const id of lines) {
      const { cause, changes } = explainHole(found(id), settings) ?? {};
      expect([id, cause]).toEqual([id, expect.stringMatching(/^proof_hole_/)]);
      // What binds a site is its session policy, not the role's.
      if (id.startsWith("site.")) {
        expect([id, cause, changes]).toEqual([id, "proof_hole_site", []]);
        continue;
      }
      expect([id, cause]).not.toEqual([id, "proof_hole_site"]);
      const statement = JSON.parse(changes?.[0]?.text ?? "");
      expect(permissionPolicy(settings).Statement).toContainEqual(statement);
      expect(changes?.[0]?.lines.length).toBeGreaterThan(0);
    }
  });

  test("is none where something allowed is refused", () => {
    const step = { ...found("own.items.get"), error: { code: "access-denied", facts: {} } } as CheckStep;
    expect(explainHole(step, settings)).toBeNull();
  });
});

describe("the verdict", () => {
  const withStates = (run: CheckRun, made: Record<string, Partial<CheckStep>>): CheckRun => ({
    ...run,
    steps: run.steps.map((step) => ({ ...step, ...made[step.id] })),
  });

  test("is proven only when every line is green", () => {
    expect(verdictOf(green)).toEqual({ kind: "proven", denials: 44, withoutSites: false });
    for (const { id } of green.steps) {
      for (const state of ["failed", "unproven", "skipped", "waiting", "running"] as const) {
        expect([id, state, verdictOf(withStates(green, { [id]: { state } }))?.kind]).not.toContain("proven");
      }
    }
  });

  test("of an identity pool is proven without sites, and says so", () => {
    const verdict = verdictOf(pool);
    expect(verdict).toEqual({ kind: "proven", denials: 39, withoutSites: true });
    expect(verdict && verdictText(verdict, settings)).toContain("proof_pool_note");
  });

  test("names the first hole", () => {
    const verdict = verdictOf(hole);
    expect(verdict && verdictText(verdict, settings)).toEqual([
      "proof_hole",
      "proof_hole_items_mixed",
      "proof_hole_more_many 2",
    ]);
  });

  test("is open where no service answered, and none while it runs", () => {
    expect(verdictOf(unproven)?.kind).toBe("open");
    expect(verdictOf(running)).toBeNull();
  });

  test("is refused where what must be allowed is not", () => {
    const error = { code: "access-denied", facts: {} } as CheckStep["error"];
    expect(verdictOf(withStates(green, { "own.items.get": { state: "failed", error } }))?.kind).toBe("refused");
  });
});

test("the report has the verdict, its date, and of each line what was tried and answered", () => {
  const verdict = verdictOf(hole);
  const report = reportOf({
    ...{ title: "Proof", run: hole, words: proofWords(), profile, version: "1.2.3", browser: "Browser/1" },
    explain: (step) => explainHole(step, settings),
    verdict: verdict === null ? [] : verdictText(verdict, settings),
  });
  for (const part of [
    new Date(hole.startedAt).toISOString(),
    "proof_hole_items_mixed",
    "- proof_step_items_batch_get: **proof_state_let_through**",
    "- proof_step_items_get: **proof_state_denied**",
    "- proof_step_own_items_get: **proof_state_allowed**",
    "  - proof_fact_answer: 400 AccessDeniedException dynamodb:GetItem",
    "0PZ4M2KX8RB5T7VN",
    '"Sid": "OwnItems"',
  ]) {
    expect(report).toContain(part);
  }
});

test("the administrator's command asks for everything that setup makes", () => {
  const { text } = probeCommand(profile);
  expect(text).toContain("s3://acme-beta-data/holdall-probe/");
  const items = JSON.parse(/--request-items '([^']+)'/.exec(text)?.[1] ?? "");
  expect(items).toEqual({
    "acme-beta-items": {
      Keys: [
        { pk: { S: "holdall-probe" }, sk: { S: "probe" } },
        { pk: { S: "holdall-probe#app#probe" }, sk: { S: "probe" } },
      ],
    },
  });
});
