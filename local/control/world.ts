import type { FaultSwitches } from "./faults.ts";
import type { RequestLog } from "./request-log.ts";
import type { ServerClock } from "./server-clock.ts";

/** What tests steer and watch, shared by every server of one local AWS. */
export interface World {
  clock: ServerClock;
  faults: FaultSwitches;
  log: RequestLog;
}
