import type { AuthorizeDeps } from "./authorize.ts";
import type { Session } from "./session.ts";
import type { SessionDeps } from "./sessions.ts";

/** What the parts of the sessions have in common. */
export interface SessionContext {
  deps: SessionDeps;
  flow: AuthorizeDeps;
  /** Sets the alarm of the next renewal, or takes it away. */
  setAlarm(session: Session): void;
}
