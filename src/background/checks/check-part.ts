/**
 * Everything that is needed only once the doctor or the isolation proof is started. A script of its own (checks.js) in both
 * browsers: see late-script.ts.
 */
import { connectChecks } from "./connect-checks.ts";

export interface CheckPart {
  connectChecks: typeof connectChecks;
}

export const checkPart: CheckPart = { connectChecks };
