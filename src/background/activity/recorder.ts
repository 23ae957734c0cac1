/** Notes requests from their first moment, though what names and keeps them may still have to be loaded. */
import type { ActivityEntry, ActivityService } from "../../shared/activity.ts";
import { log } from "../../shared/log.ts";
import { once } from "../../shared/once.ts";
import type { ActivityLog, Area } from "./activity-log.ts";
import type { ActivityPart } from "./activity-part.ts";
import type { RequestFacts } from "./describe-request.ts";

/**
 * With what became known; a second time with what is known later, such as the length of the answer. Another `host` is where a
 * redirect led: both get an entry.
 */
export type EndEntry = (known: Partial<ActivityEntry>) => void;

export interface Recorder extends Pick<ActivityLog, "list" | "clear"> {
  /**
   * A request goes out. Call what is returned when its answer is there, or when there will be none.
   * @param meant what the request is, where it does not tell itself
   */
  begin(facts: RequestFacts, meant: ActivityService, more?: Partial<ActivityEntry>): EndEntry;
}

/** @param load what names and keeps requests */
export function createRecorder(load: () => Promise<ActivityPart>, area: Area): Recorder {
  const loaded = once(async () => (await load()).createActivityLog(area));
  return {
    begin(facts, meant, more) {
      const at = Date.now();
      const started = performance.now();
      const begun = loaded().then((activity) => activity.begin(facts, meant, { at, ...more }));
      begun.catch((error) => log.warn("activity", error));
      return (known) => {
        const ms = Math.round(performance.now() - started);
        begun.then((end) => end({ ...known, ms })).catch(() => {});
      };
    },
    list: async (after) => await (await loaded()).list(after),
    clear: async () => await (await loaded()).clear(),
  };
}
