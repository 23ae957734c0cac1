/** What a run is made of. The doctor's steps and those of the isolation proof have the same shape. */
import type { CheckState } from "../messaging/checks-view.ts";
import type { WireError } from "../shared/result.ts";

export interface StepOutcome {
  /** `passed` unless something else is said. */
  state?: Exclude<CheckState, "waiting" | "running">;
  /** What was found: never a secret, it is shown and copied. */
  facts?: Record<string, string>;
  error?: WireError;
}

/** @template World what the steps of one plan share: what they may use, and what they have found */
export interface Step<World> {
  id: string;
  /** Ids of steps that have to be passed, or at least not refuted, for this one to mean anything; else it is skipped. */
  needs?: readonly string[];
  /** Ids of steps that have to be over, whatever came of them. */
  after?: readonly string[];
  /** Milliseconds; 8,000 unless given. */
  timeout?: number;
  /**
   * It puts something into the storage. The person's cancelling does not cut it short: a request that is cut may still be
   * carried out, after the cleaning up.
   */
  writes?: true;
  /** A rejection is a failure. `signal` is aborted when the person cancels and when the time is up. */
  run(world: World, signal: AbortSignal): Promise<StepOutcome>;
}

export interface Plan<World> {
  /** In the order in which people read them, which is also one in which they could be done. */
  steps: readonly Step<World>[];
  /** Takes away what the steps have put somewhere: after the last of them, also when they were cancelled. */
  cleanUp(world: World, signal: AbortSignal): Promise<void>;
}
