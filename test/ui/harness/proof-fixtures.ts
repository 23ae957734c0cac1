/** Runs of the isolation proof as the background shows them. */
import { proofPlan } from "../../../src/doctor/proof/proof-plan.ts";
import type { CheckRun, CheckStep } from "../../../src/messaging/checks-view.ts";
import type { View } from "../../../src/messaging/view.ts";
import { identity, minutes, signedIn, signedOut } from "./fixtures.ts";

type Made = Record<string, Partial<CheckStep>>;

/** A run in which everything passed but what `made` says. */
function proofRun(made: Made = {}, more: Partial<CheckRun> = {}): CheckRun {
  const steps = proofPlan.steps.map(({ id }, index): CheckStep => {
    const items = /items?(\.|$)/.test(id);
    const denied = !/^(own|sign-in|site\.(own|session))/.test(id);
    const action = items ? "dynamodb:GetItem" : id.startsWith("list") ? "s3:ListBucket" : "s3:GetObject";
    const code = items ? "400 AccessDeniedException" : "403 AccessDenied";
    const facts =
      id === "sign-in"
        ? { identity: identity.id }
        : {
            action,
            on: items ? "holdall-probe" : "holdall-probe/probe.txt",
            answer: denied ? `${code} ${action}` : "200",
            requestId: `4442587FB7D0A2${index}`,
          };
    return { id, state: "passed", ms: 31 + ((index * 17) % 60), error: null, facts, ...made[id] };
  });
  const startedAt = minutes(2);
  return {
    kind: "proof",
    profile: "acme-beta",
    startedAt,
    endedAt: startedAt + 1640,
    cancelled: false,
    steps,
    ...more,
  };
}

function hole(action: string, on: string, answer = "200"): Partial<CheckStep> {
  const requestId = "0PZ4M2KX8RB5T7VN";
  const facts = {
    subs: [action, on],
    service: action.split(":")[0] ?? "",
    status: Number(answer.slice(0, 3)),
    requestId,
  };
  return { state: "failed", error: { code: "isolation-hole", facts }, facts: { action, on, answer, requestId } };
}

const silent = { state: "unproven", facts: { action: "s3:GetObject", on: "…", noAnswer: "unreachable" } } as const;
const fromS3 = proofPlan.steps.filter(({ id }) => /^(objects|list|own\.(list|objects))/.test(id));
const ofSites = proofPlan.steps.filter(({ id }) => id.startsWith("site."));

const withProof = (view: View, run: CheckRun | null): View => ({ ...view, checks: { ...view.checks, proof: run } });

export const proofViews = {
  never: withProof(signedIn, null),
  signedOut: withProof(signedOut, null),
  green: withProof(signedIn, proofRun()),
  pool: withProof(
    signedIn,
    proofRun(
      Object.fromEntries(
        ofSites.map(({ id }) => [id, { state: "skipped", ms: null, facts: { because: "identity-pool" } }]),
      ),
    ),
  ),
  hole: withProof(
    signedIn,
    proofRun({
      "items.batch-get": hole("dynamodb:BatchGetItem", "holdall-probe"),
      "site-items.batch-get": hole("dynamodb:BatchGetItem", "holdall-probe#app#probe"),
      "items.transact": hole("dynamodb:ConditionCheckItem", "holdall-probe", "400 TransactionCanceledException"),
    }),
  ),
  unproven: withProof(signedIn, proofRun(Object.fromEntries(fromS3.map(({ id }) => [id, silent])))),
  running: withProof(
    signedIn,
    proofRun(
      Object.fromEntries(
        proofPlan.steps
          .slice(20)
          .map(({ id }, index) => [id, { state: index < 3 ? "running" : "waiting", ms: null, facts: {} }]),
      ),
      { endedAt: null },
    ),
  ),
};
