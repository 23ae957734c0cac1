/**
 * Everything that is needed only once something is captured or looked at. A script of its own (captures.js) in both browsers:
 * see late-script.ts.
 */
import { connectCaptures } from "./connect-captures.ts";

export interface CapturePart {
  connectCaptures: typeof connectCaptures;
}

export const capturePart: CapturePart = { connectCaptures };
