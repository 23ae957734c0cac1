import type { WireError } from "../shared/result.ts";
import type { KeptProfile } from "./create-profiles.ts";

/** What an administrator's policy comes to, once what is wrong in it is left out. */
export interface Policy {
  /** False where there is none. */
  managed: boolean;
  /** In the policy's order. */
  profiles: KeptProfile[];
  /** Id of the one to begin with; null: the first. */
  active: string | null;
  allowImport: boolean;
  /** Null: the person decides. */
  lock: { idleMinutes: number | null; onScreenLock: boolean } | null;
  /** `policy-fault`, one for each thing that is wrong. */
  problems: WireError[];
}

export const unmanaged: Policy = {
  managed: false,
  profiles: [],
  active: null,
  allowImport: true,
  lock: null,
  problems: [],
};
