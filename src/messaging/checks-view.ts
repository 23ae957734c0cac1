/** What the pages see of the doctor and of the isolation proof. No secret is in it. */
import type { WireError } from "../shared/result.ts";

export type CheckKind = "doctor" | "proof";

export type CheckState =
  | "waiting"
  | "running"
  | "passed"
  | "failed"
  /** It was tried, and the answer tells neither one nor the other. */
  | "unproven"
  /** It was not tried: see `facts.because`. */
  | "skipped";

export interface CheckStep {
  /** Stable: texts, reports and tests refer to it. */
  id: string;
  state: CheckState;
  /** How long it took; null before its end, and when it was not tried. */
  ms: number | null;
  error: WireError | null;
  /**
   * What was found, for people to read. `because` of a skipped step: the id of the step that it would have needed,
   * `cancelled`, or `ended` when the browser ended the background.
   */
  facts: Record<string, string>;
}

export interface CheckRun {
  kind: CheckKind;
  /** Id of the profile. */
  profile: string;
  /** Milliseconds since the epoch. */
  startedAt: number;
  /** Null while it runs. */
  endedAt: number | null;
  /** By the person, or because the background ended: not everything was tried. */
  cancelled: boolean;
  steps: CheckStep[];
}

/** The last run of each kind, of the profile and the person that are shown. */
export interface ChecksView {
  doctor: CheckRun | null;
  proof: CheckRun | null;
}

export const noChecks: ChecksView = { doctor: null, proof: null };
