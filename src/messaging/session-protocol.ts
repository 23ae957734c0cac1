/** The part of the protocol that is about who is signed in, with which role, and until when. */
import * as v from "valibot";
import type { Role } from "../shared/profile.ts";
import { command, profile } from "./command.ts";

const pages = ["popup", "app"] as const;
const nothing = v.strictObject({});

export interface RoleChoice extends Role {
  description: string | null;
}

/** Roles as a directory groups them. A list of the profile is one group without a name. */
export interface RoleApplication {
  name: string;
  roles: RoleChoice[];
}

export interface RoleChoices {
  applications: RoleApplication[];
  /** ARN of the role in use, or of the one used last; null when there is none. */
  current: string | null;
}

export interface LockSettings {
  /** Minutes without input to the machine after which all profiles lock; null: never. */
  idleMinutes: number | null;
  /** Also when the screen locks. */
  onScreenLock: boolean;
  /** The administrator decided; the person cannot change it. */
  managed: boolean;
  /** False where the browser does not tell that the screen locks: `onScreenLock` then does nothing. */
  tellsScreenLock: boolean;
}

export const sessionCommands = {
  /**
   * Opens the provider's sign-in window; answers when the person is signed in, has to choose a role, or it failed.
   * `another`: the provider asks who it is. The present session stays until somebody else has signed in.
   */
  "session.signIn": command<null>()(pages, v.strictObject({ ...profile, another: v.optional(v.boolean()) })),
  /** Revokes the refresh token, wipes secrets and caches, ends the provider's session. */
  "session.signOut": command<null>()(pages, v.strictObject(profile)),
  /** The same for every profile. */
  "session.signOutAll": command<null>()(pages, nothing),
  /** Wipes the secrets of every profile within a second, and shows nobody's data; drafts and transfers wait. */
  "session.lock": command<null>()(pages, nothing),
  /** The roles that the person may try. Sends no request. */
  "session.roles": command<RoleChoices>()(pages, v.strictObject(profile)),
  /** Goes on with a role, or changes to it; it is remembered for the profile. @throws `trust-refused`, `role-unknown` */
  "session.chooseRole": command<null>()(
    pages,
    v.strictObject({ ...profile, role: v.pipe(v.string(), v.minLength(20), v.maxLength(2048)) }),
  ),
  "session.lockSettings": command<LockSettings>()(pages, nothing),
  "session.configureLock": command<null>()(
    ["app"],
    v.strictObject({
      idleMinutes: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440))),
      onScreenLock: v.boolean(),
    }),
  ),
} as const;
