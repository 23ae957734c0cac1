import { doctorPlan } from "../../doctor/doctor-plan.ts";
import { DoctorWorld } from "../../doctor/doctor-world.ts";
import { proofPlan } from "../../doctor/proof/proof-plan.ts";
import { ProofWorld } from "../../doctor/proof/proof-world.ts";
import { type RunInput, runChecks } from "../../doctor/run-checks.ts";
import type { CheckKind, CheckRun } from "../../messaging/checks-view.ts";
import { touch } from "../../platform/lifecycle.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { log } from "../../shared/log.ts";
import type { Services } from "../services.ts";
import { connectDoctor } from "./connect-doctor.ts";
import { connectProof } from "./connect-proof.ts";
import type { Checks } from "./late-checks.ts";

type Run = (input: Omit<RunInput<never>, "plan" | "world">) => Promise<CheckRun>;

/** The doctor and the isolation proof, with what they need of the services. */
export function connectChecks(services: Omit<Services, "captures" | "checks" | "sites">): Checks {
  const { view } = services;
  const runs = new Map<CheckKind, { cancel: AbortController; forget: AbortController }>();
  /** One run at a time: they would measure each other. */
  let turn: Promise<unknown> = Promise.resolve();

  const kinds: Partial<Record<CheckKind, Run>> = {
    doctor: async (input) => {
      const world = new DoctorWorld(await connectDoctor(services, input.profile));
      return await runChecks({ ...input, plan: doctorPlan, world });
    },
    proof: async (input) => {
      const world = new ProofWorld(await connectProof(services, input.profile));
      return await runChecks({ ...input, plan: proofPlan, world });
    },
  };

  /** @param shown called once the view has it */
  async function run(start: Run, kind: CheckKind, profile: string, shown: () => void): Promise<void> {
    const own = runs.get(kind);
    if (own === undefined) return;
    // Chromium's worker and Firefox's event page end when nothing of the extension's happens for half a minute.
    const touching = setInterval(touch, 10_000);
    const changed = (next: CheckRun) => {
      // Forgotten meanwhile: what it finds is nobody's any more.
      if (runs.get(kind) === own) view.update({ checks: { ...view.current().checks, [kind]: next } });
      shown();
    };
    try {
      const { cancel, forget } = own;
      await start({ kind, profile, changed, now: Date.now, signal: cancel.signal, forgotten: forget.signal });
    } finally {
      clearInterval(touching);
    }
  }

  return {
    async start(kind, profile) {
      if (runs.has(kind)) return;
      const start = kinds[kind];
      if (start === undefined) throw new HoldallError("message-refused");
      const own = { cancel: new AbortController(), forget: new AbortController() };
      runs.set(kind, own);
      const before = turn;
      await new Promise<void>((resolve, reject) => {
        turn = before
          .then(() => (runs.get(kind) === own ? run(start, kind, profile, resolve) : undefined))
          .then(resolve, (error: unknown) => {
            log.warn(kind, error);
            reject(error);
          })
          .finally(() => runs.get(kind) === own && runs.delete(kind));
      });
    },
    cancel: (kind) => runs.get(kind)?.cancel.abort(),
    forget() {
      const all = [...runs.values()];
      runs.clear();
      for (const { forget } of all) forget.abort();
    },
  };
}
