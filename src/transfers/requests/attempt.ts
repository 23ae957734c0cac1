/** One request again and again, within a run: a part that fails does not stop the others. */

import { type Run, Stopped } from "../run.ts";
import type { TransferDeps } from "../transfers.ts";
import { failureOf } from "./failure.ts";
import { orAborted } from "./or-aborted.ts";
import { judgeFailure, quickTries } from "./retry-policy.ts";

/** Renewals for one request: credentials that are refused though they are new are not mended by newer ones. */
const mostRenewals = 2;

/**
 * Does `work` until it succeeds, with growing pauses between, at most `quickTries` times. Credentials that S3 takes no longer
 * are renewed, once for all that were refused meanwhile. What only the person, or a long absence of network, can mend is thrown
 * at once.
 * @param run its signal ends the pauses
 * @throws what `work` threw last; HostFailure `cancelled`
 */
export async function attempt<T>(run: Run, work: () => Promise<T>): Promise<T> {
  let renewed = 0;
  for (let attempts = 0; ; attempts++) {
    const renewals = renewalsOf(run).count;
    try {
      return await work();
    } catch (thrown) {
      if (run.signal.aborted || thrown instanceof Stopped || attempts + 1 >= quickTries) throw thrown;
      const error = failureOf(thrown, run.record(), run.deps.online());
      const verdict = judgeFailure(error, { ...run.record(), attempts }, run.deps.random());
      if (verdict.kind === "again") await orAborted(run.deps.pause(verdict.pause), run.signal);
      else if (verdict.kind === "renew" && renewed++ < mostRenewals) await renewSince(run, renewals);
      else throw thrown;
    }
  }
}

interface Renewals {
  /** Grows with each renewal that succeeded. */
  count: number;
  underWay: Promise<unknown> | null;
}

const renewalsByProfile = new WeakMap<TransferDeps, Map<string, Renewals>>();

function renewalsOf(run: Run): Renewals {
  const { deps } = run;
  const { profile } = run.record().owner;
  const all = renewalsByProfile.get(deps) ?? new Map<string, Renewals>();
  renewalsByProfile.set(deps, all);
  const mine = all.get(profile) ?? { count: 0, underWay: null };
  all.set(profile, mine);
  return mine;
}

/** @param seen count when the refused request was signed: if it grew since, there are new credentials already */
async function renewSince(run: Run, seen: number): Promise<void> {
  const renewals = renewalsOf(run);
  if (renewals.count !== seen) return;
  renewals.underWay ??= run.deps
    .renew(run.record().owner.profile)
    .then(() => {
      renewals.count += 1;
    })
    .finally(() => {
      renewals.underWay = null;
    });
  await renewals.underWay;
}
