/** The part of the protocol that is about the doctor and the isolation proof. */
import * as v from "valibot";
import { command, profile } from "./command.ts";

const kind = v.picklist(["doctor", "proof"]);

export const checkCommands = {
  /**
   * Begins a run and answers once the view shows it, step by step from then on. It goes on when the page is closed. While one
   * of the same kind runs nothing new begins; one of the other kind is waited for.
   */
  "checks.start": command<null>()(["app"], v.strictObject({ ...profile, kind })),
  /** Ends a run early. What it had put into the storage is removed all the same. */
  "checks.cancel": command<null>()(["app"], v.strictObject({ kind })),
} as const;
