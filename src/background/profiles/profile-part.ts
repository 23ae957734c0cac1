/**
 * What checks, fetches and writes profiles, and reads policies. A script of its own (profiles.js) in both browsers: see
 * late-script.ts. To know the profiles that are kept takes none of it.
 */
import { type ProfileRules, profileRules } from "../../profiles/profile-rules.ts";
import { connectProfiles } from "./connect-profiles.ts";

export interface ProfilePart {
  rules: ProfileRules;
  connectProfiles: typeof connectProfiles;
}

export const profilePart: ProfilePart = { rules: profileRules, connectProfiles };
