import type { CheckState, CheckStep } from "../../messaging/checks-view.ts";
import { t } from "../../platform/i18n.ts";

/** Steps that people read together. */
export interface StepGroup {
  title: string;
  steps: readonly (readonly [id: string, name: string])[];
}

/** How one kind of run is put into words. */
export interface CheckWords {
  /** In the order of the plan. */
  groups: readonly StepGroup[];
  /** What it means that a step could not be proven. */
  unproven(id: string): string;
  /** What a fact is. */
  fact(name: string): string;
  /** Another word for the state of a step, where there is a better one. */
  state?(step: CheckStep): string | null;
}

export function stateWord(step: CheckStep, words: CheckWords): string {
  return words.state?.(step) ?? usualWord(step.state);
}

function usualWord(state: CheckState): string {
  const words: Record<CheckState, string> = {
    waiting: t("check_waiting"),
    running: t("check_running"),
    passed: t("check_passed"),
    failed: t("check_failed"),
    unproven: t("check_unproven"),
    skipped: t("check_skipped"),
  };
  return words[state];
}

/** Why a step was not tried. @param nameOf a step's name by its id */
export function skippedBecause(because: string | undefined, nameOf: (id: string) => string): string {
  switch (because) {
    case "cancelled":
      return t("check_because_cancelled");
    case "ended":
      return t("check_because_ended");
    case "sign-in":
      return t("check_because_sign_in");
    case "no-versions":
      return t("check_because_no_versions");
    case "identity-pool":
      return t("proof_because_pool");
    default:
      return t("check_because_step", nameOf(because ?? ""));
  }
}
