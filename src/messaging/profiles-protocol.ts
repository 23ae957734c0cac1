/** The part of the protocol that is about profiles. None of these commands acts on the active profile. */
import * as v from "valibot";
import type { Profile } from "../shared/profile.ts";
import type { WireError } from "../shared/result.ts";
import { command, id, text } from "./command.ts";

const link = v.pipe(v.string(), v.maxLength(4096));

export interface ProfilePreview {
  profile: Profile;
  id: string;
  /** True when a profile of the same environment is already kept. */
  replaces: boolean;
  /** Match patterns of the hosts it will reach, for `permissions.request`: issuer first, then storage. */
  hosts: string[];
  /** The host that gets the ID token where that is not AWS's own: the person has to agree to it. */
  foreignSts: string | null;
}

/** What the provider says of itself, and what is still to be allowed. */
export interface ProfileDiscovery {
  /** Match patterns of the hosts that the profile reaches and the extension may not, by its own word and the provider's. */
  needed: string[];
  /** Where the person signs in. */
  authorizationHost: string;
  tokenHost: string;
  /** Scopes of the profile that the provider does not name among its own. Some name only a part. */
  scopesMissing: string[];
}

export interface PolicyView {
  /** False where no policy names Holdall. */
  managed: boolean;
  /** What is wrong with the policy, for the administrator; what is right works all the same. */
  problems: WireError[];
  /** May the person bring profiles of their own? */
  allowImport: boolean;
}

/** What is not finished, and would be gone with a profile. */
export interface ProfileWaiting {
  transfers: number;
  captures: number;
}

export const profileCommands = {
  "profiles.select": command<null>()(["popup", "app"], v.strictObject({ id })),
  /** Checks a profile's text and tells what it would reach, without keeping it. Sends no request. */
  "profiles.preview": command<ProfilePreview>()(["app"], v.strictObject({ text })),
  /** The text that a link leads to. The page asks for its host before. @throws `profile-link-*`, `permission-needed` */
  "profiles.fetch": command<{ text: string }>()(["app"], v.strictObject({ url: link })),
  /** Asks the issuer of a profile that is not kept yet. @throws `issuer-*`, `permission-needed`, `offline` */
  "profiles.discover": command<ProfileDiscovery>()(["app"], v.strictObject({ text })),
  /**
   * Keeps a profile and makes it the active one; the same environment is replaced. Host permissions are asked by the page.
   * `from`: the link that it came by. @throws `import-forbidden`, `managed`
   */
  "profiles.import": command<{ id: string }>()(["app"], v.strictObject({ text, from: v.optional(link) })),
  /** Changes how a profile is called and marked; it stays the same environment. @throws `managed`, `profile-invalid` */
  "profiles.edit": command<null>()(["app"], v.strictObject({ id, name: v.string(), colour: v.string() })),
  "profiles.export": command<{ text: string }>()(["app"], v.strictObject({ id })),
  "profiles.waiting": command<ProfileWaiting>()(["app"], v.strictObject({ id })),
  /** @throws `managed` */
  "profiles.remove": command<null>()(["app"], v.strictObject({ id })),
  "profiles.policy": command<PolicyView>()(["app"], v.strictObject({})),
} as const;
