/** What checks profiles and policies: the part of this service that is loaded late, since what is kept was checked before. */
import { checkProfile } from "./check-profile.ts";
import { followPolicy } from "./follow-policy.ts";
import { readPolicy } from "./read-policy.ts";

export interface ProfileRules {
  checkProfile: typeof checkProfile;
  readPolicy: typeof readPolicy;
  followPolicy: typeof followPolicy;
}

export const profileRules: ProfileRules = { checkProfile, readPolicy, followPolicy };
