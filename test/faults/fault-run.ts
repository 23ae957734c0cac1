/** One run under way: what was wished for, and what was seen. */
import type { Plan } from "./plan.ts";
import { archivePrefix } from "./plan.ts";
import type { Stage } from "./stage.ts";
import { type Tracked, trackedOf } from "./tracked.ts";

export interface FaultRun {
  plan: Plan;
  stage: Stage;
  tracked: Tracked[];
  /** Names in the folder of downloads before the run began. */
  downloadsBefore: Set<string>;
  kills: { worker: number; host: number; browser: number };
  /** Other things that went wrong: faults, sessions that ended, sign-outs. */
  faults: number;
  /** Keys whose multipart upload was ended from outside. */
  endedKeys: string[];
  /** Said to be done when it was not. */
  falselyDone: string[];
  /** When what was killed, from the order to the end of it: milliseconds since the epoch. */
  killedAt: { at: number; end: number; what: string }[];
  /** What is worth a line in the report, and proves nothing. */
  notes: string[];
}

export function beginRun(plan: Plan, stage: Stage, downloadsBefore: string[]): FaultRun {
  return {
    plan,
    stage,
    tracked: trackedOf(plan, archivePrefix(plan.folder)),
    downloadsBefore: new Set(downloadsBefore),
    kills: { worker: 0, host: 0, browser: 0 },
    faults: 0,
    endedKeys: [],
    falselyDone: [],
    killedAt: [],
    notes: [],
  };
}

export function note(run: FaultRun, what: string, error?: unknown): void {
  const reason = error === undefined ? "" : `: ${error instanceof Error ? error.message : String(error)}`;
  const text = `${what}${reason}`.replace(/\s+/g, " ").slice(0, 3000);
  if (!run.notes.includes(text)) run.notes.push(text);
}
