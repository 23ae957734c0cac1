import { activityStates } from "./activity-states.ts";
import { appStates } from "./app-states.ts";
import { consentStates } from "./consent-states.ts";
import { deletionStates } from "./deletion-states.ts";
import { doctorStates } from "./doctor-states.ts";
import type { PageState } from "./page-state.ts";
import { popupStates } from "./popup-states.ts";
import { profileStates } from "./profile-states.ts";
import { proofStates } from "./proof-states.ts";
import { sessionStates } from "./session-states.ts";
import { setupStates } from "./setup-states.ts";
import { siteStates } from "./site-states.ts";

/** Used by the pictures, by axe and by hand. */
export const states: PageState[] = [
  ...popupStates,
  ...appStates,
  ...deletionStates,
  ...activityStates,
  ...doctorStates,
  ...proofStates,
  ...sessionStates,
  ...setupStates,
  ...profileStates,
  ...siteStates,
  ...consentStates,
];
