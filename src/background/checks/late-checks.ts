/** The doctor and the isolation proof behind a script that runs when one of them is first started. */
import type { CheckKind, CheckRun, ChecksView } from "../../messaging/checks-view.ts";
import { once } from "../../shared/once.ts";
import type { ViewStore } from "../view-store.ts";

export interface Checks {
  /**
   * Begins a run for the profile and the person that are shown, unless one of its kind runs; resolves once the view shows it.
   * @throws HoldallError `profile-missing`
   */
  start(kind: CheckKind, profile: string): Promise<void>;
  cancel(kind: CheckKind): void;
  /** Ends what runs and shows nothing more of it: another person, or another profile, is shown. */
  forget(): void;
}

export interface LateChecks extends Checks {
  /** Call after the view was read: what the last life of the background did not end will never go on. */
  settle(): void;
}

/** @param load what runs the script, and makes the service */
export function createLateChecks(view: ViewStore, load: () => Promise<Checks>): LateChecks {
  let checks: Checks | null = null;
  const get = once(async () => {
    checks = await load();
    return checks;
  });
  return {
    async start(kind, profile) {
      await (await get()).start(kind, profile);
    },
    cancel: (kind) => checks?.cancel(kind),
    forget: () => checks?.forget(),
    settle() {
      const kept = view.current().checks;
      const runs = Object.values(kept).filter((run: CheckRun | null) => run !== null && run.endedAt === null);
      if (runs.length === 0) return;
      const ended = runs.map((run) => [run.kind, endedByForce(run)]);
      view.update({ checks: { ...kept, ...(Object.fromEntries(ended) as Partial<ChecksView>) } });
    },
  };
}

function endedByForce(run: CheckRun): CheckRun {
  const steps = run.steps.map((step) =>
    step.state === "waiting" || step.state === "running"
      ? { ...step, state: "skipped" as const, facts: { because: "ended" } }
      : step,
  );
  return { ...run, steps, endedAt: run.startedAt, cancelled: true };
}
