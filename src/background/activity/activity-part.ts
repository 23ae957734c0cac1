/**
 * What names requests and keeps them. A script of its own (activity.js) in both browsers, run at the first request: see
 * late-script.ts.
 */
import { createActivityLog } from "./activity-log.ts";

export interface ActivityPart {
  createActivityLog: typeof createActivityLog;
}

export const activityPart: ActivityPart = { createActivityLog };
