import type { CheckKind, CheckRun, CheckStep } from "../messaging/checks-view.ts";
import { HoldallError } from "../shared/holdall-error.ts";
import { log } from "../shared/log.ts";
import { toWireError } from "../shared/result.ts";
import type { Plan, Step, StepOutcome } from "./step.ts";

/** Milliseconds. */
const usualTimeout = 8000;
/** Milliseconds for the cleaning up, which no cancelling ends. */
const cleanUpTimeout = 10_000;

export interface RunInput<World> {
  kind: CheckKind;
  /** Id of the profile. */
  profile: string;
  plan: Plan<World>;
  world: World;
  /** Called with every change, first with a run of which nothing is done yet. */
  changed(run: CheckRun): void;
  now(): number;
  /** The person cancels: nothing new is begun, and what was put somewhere is taken away. */
  signal: AbortSignal;
  /** Somebody else is signed in, or nobody: at once, without cleaning up. The next run takes away what stays. */
  forgotten: AbortSignal;
}

/**
 * Does the steps of a plan, each as soon as those before it allow, and cleans up. Resolves with the ended run; a step that
 * fails ends nothing but those that need it.
 */
export async function runChecks<World>(input: RunInput<World>): Promise<CheckRun> {
  const { plan, world, forgotten, now } = input;
  const signal = AbortSignal.any([input.signal, forgotten]);
  let run: CheckRun = {
    kind: input.kind,
    profile: input.profile,
    startedAt: now(),
    endedAt: null,
    cancelled: false,
    steps: plan.steps.map(({ id }) => ({ id, state: "waiting", ms: null, error: null, facts: {} })),
  };
  const change = (next: Partial<CheckRun>) => {
    run = { ...run, ...next };
    input.changed(run);
  };
  const set = (id: string, next: Partial<CheckStep>) =>
    change({ steps: run.steps.map((step) => (step.id === id ? { ...step, ...next } : step)) });

  const ended = new Map<string, Promise<CheckStep>>();

  async function perform(step: Step<World>): Promise<CheckStep> {
    const before = [...(step.needs ?? []), ...(step.after ?? [])].map((id) => earlier(ended, step, id));
    const [...all] = await Promise.all(before);
    const missing = all
      .slice(0, step.needs?.length ?? 0)
      .find(({ state }) => state === "failed" || state === "skipped");
    if (signal.aborted || missing !== undefined) {
      const because = signal.aborted ? "cancelled" : (missing?.facts.because ?? missing?.id ?? "");
      set(step.id, { state: "skipped", facts: { because } });
      return stepOf(step.id);
    }
    const startedAt = now();
    set(step.id, { state: "running" });
    const { state = "passed", error, facts = {} } = await tried(step, world, step.writes ? forgotten : signal);
    const ms = state === "skipped" ? null : Math.round(now() - startedAt);
    set(step.id, { state, ms, error: error ?? null, facts });
    return stepOf(step.id);
  }

  const stepOf = (id: string) => run.steps.find((step) => step.id === id) as CheckStep;

  input.changed(run);
  for (const step of plan.steps) ended.set(step.id, perform(step));
  await Promise.all(ended.values());
  const limit = AbortSignal.any([forgotten, AbortSignal.timeout(cleanUpTimeout)]);
  if (!forgotten.aborted) {
    await within(plan.cleanUp(world, limit), limit).catch((error: unknown) => log.warn("cleaning up", error));
  }
  change({ endedAt: now(), cancelled: signal.aborted });
  return run;
}

function earlier(ended: Map<string, Promise<CheckStep>>, { id }: { id: string }, other: string): Promise<CheckStep> {
  const found = ended.get(other);
  // A plan's order is one in which it could be done: a step that waits for a later one would wait for ever.
  if (found === undefined) throw new TypeError(`${id} waits for ${other}, which does not come before it`);
  return found;
}

async function tried<World>(step: Step<World>, world: World, signal: AbortSignal): Promise<StepOutcome> {
  const timeout = AbortSignal.timeout(step.timeout ?? usualTimeout);
  const either = AbortSignal.any([signal, timeout]);
  try {
    return await within(step.run(world, either), either);
  } catch (error) {
    if (signal.aborted) return { state: "skipped", facts: { because: "cancelled" } };
    if (timeout.aborted && !(error instanceof HoldallError && error.code === "timeout")) {
      return { state: "failed", error: { code: "timeout", facts: { subs: [step.id] } } };
    }
    return { state: "failed", error: toWireError(error) };
  }
}

/** The same, but over at once when the signal is aborted, whether the work takes notice or not. */
function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}
