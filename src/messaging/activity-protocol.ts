/** The commands of the activity list: every request of the extension, of all profiles. */
import * as v from "valibot";
import type { ActivityEntry } from "../shared/activity.ts";
import { command } from "./command.ts";

export interface ActivityPage {
  entries: ActivityEntry[];
  /** How many were made since the list was cleared and are not kept any more. */
  dropped: number;
  /** Number of the newest; below an earlier one's when the list was cleared. */
  newest: number;
}

export const activityCommands = {
  /** Entries with a number above `after`, oldest first. What is known late of one (bytes, duration) shows in a later answer. */
  "activity.list": command<ActivityPage>()(
    ["app"],
    v.strictObject({ after: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))) }),
  ),
  "activity.clear": command<null>()(["app"], v.strictObject({})),
} as const;
