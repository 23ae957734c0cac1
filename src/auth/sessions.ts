/** The service's face, and what it needs from others: the composition root passes it in. */

import type { RoleApplication, RoleChoices } from "../messaging/session-protocol.ts";
import type { SessionView } from "../messaging/view.ts";
import type { Identity, RoleCredentials } from "../shared/credentials.ts";
import type { Profile, RoleDirectory } from "../shared/profile.ts";
import type { LaunchOutcome } from "./authorize.ts";
import type { ProviderFlow } from "./provider-flow.ts";
import type { HttpDeps } from "./provider-http.ts";
import type { SecretStore } from "./secret-store.ts";

export interface SessionDeps extends HttpDeps {
  /** @throws HoldallError `profile-missing` */
  profile(id: string): Promise<Profile>;
  /**
   * Asked before the person is: may the profile's hosts, and those of `urls`, be reached?
   * @throws HoldallError `permission-needed`
   */
  reachable(profile: Profile, urls: string[]): Promise<void>;
  /** Asked for when a request is about to go out, so that it may be loaded late. */
  provider(): ProviderFlow;
  /** STS AssumeRoleWithWebIdentity. `identity` is `SubjectFromWebIdentityToken`. */
  assumeRole(input: {
    profile: Profile;
    roleArn: string;
    durationSeconds: number;
    idToken: string;
    sessionName: string;
    /** A policy that narrows the role's. */
    sessionPolicy?: string;
    signal: AbortSignal;
  }): Promise<{ credentials: RoleCredentials; identity: string }>;
  /**
   * Credentials of an identity pool. `identityId`: who it was so far, null before the first time.
   * `identity`: the one that came with the credentials.
   */
  poolCredentials(input: {
    profile: Profile;
    idToken: string;
    identityId: string | null;
    signal: AbortSignal;
  }): Promise<{ credentials: RoleCredentials; identity: string }>;
  /** `identity.launchWebAuthFlow`. */
  launch(url: string, interactive: boolean): Promise<LaunchOutcome>;
  redirectUrl: string;
  /** `storage.session`. */
  store: SecretStore;
  /** Asks a role directory: see read-directory.ts. */
  readDirectory(directory: RoleDirectory, accessToken: string, signal: AbortSignal): Promise<RoleApplication[]>;
  /** Ids of all profiles. */
  profiles(): Promise<string[]>;
  /** `storage.local`: whether the last thing somebody did was to sign in, to sign out or to lock; and the role used last. */
  notes: Pick<SecretStore, "get" | "set" | "remove">;
  /** True while somebody needs the credentials of a profile: an open page, a transfer. */
  needed(profileId: string): boolean;
  /** Sets (milliseconds since the epoch) or takes away the alarm that calls `renewIfNeeded`. */
  alarm(profileId: string, at: number | null): void;
}

export interface Sessions {
  /**
   * Lets the person sign in, or takes them as far as the choice of a role. A second call while the window is open waits for the
   * same window.
   * @param another the provider asks who it is; who is signed in stays until somebody else has signed in there
   * @throws HoldallError `sign-in-cancelled`, `sign-in-refused`, `issuer-*`, `callback-*`, `id-token-*`, STS's, …
   */
  signIn(profileId: string, another?: boolean): Promise<void>;
  /** Signs in without showing anything, where somebody was signed in before and the provider still knows them. */
  signInSilently(profileId: string): Promise<boolean>;
  /** Wipes the secrets, then tells the provider. Resolves when they are wiped. */
  signOut(profileId: string): Promise<void>;
  /** Wipes the secrets of every profile; nobody is signed in silently until somebody has signed in again. */
  lock(): Promise<void>;
  /** The roles that the person may try. Sends no request. */
  roles(profileId: string): Promise<RoleChoices>;
  /**
   * Goes on with a role, or changes to it. Who is signed in stays so with the present one when that fails.
   * @throws HoldallError `role-unknown`, `trust-refused`, `signed-out`, `session-ended`, and those of a renewal
   */
  chooseRole(profileId: string, arn: string): Promise<void>;
  /**
   * Credentials good for at least 30 seconds; any number of callers cause one renewal.
   * @param fresh AWS refused the present ones as expired
   * @throws HoldallError `signed-out`, `session-ended`, `identity-changed`, `offline`, `issuer-unreachable`, `sts-unreachable`
   */
  credentials(profileId: string, fresh?: boolean): Promise<RoleCredentials>;
  /** Who is signed in; null when nobody is. Stays while the session needs a sign-in. */
  identity(profileId: string): Promise<Identity | null>;
  /** Id of who was signed in before a lock or before the role that is being chosen; null when that is over or nobody was. */
  former(profileId: string): Promise<string | null>;
  state(profileId: string): Promise<SessionView>;
  /**
   * The present ID token, for the doctor, which reads its claims; null when there is none. It never leaves the background.
   */
  idToken(profileId: string): Promise<string | null>;
  /**
   * Exchanges the present ID token once more, as a renewal would, and keeps nothing of the answer.
   * @param sessionPolicy narrows the role's policy; web identity alone takes one
   * @throws HoldallError `signed-out`, and those of the exchange
   */
  tryExchange(
    profileId: string,
    signal: AbortSignal,
    sessionPolicy?: string,
  ): Promise<{ credentials: RoleCredentials; identity: string }>;
  /**
   * Changes with every sign-in and sign-out of a profile: an answer that was under way when it changed belongs to nobody
   * any more.
   */
  generation(profileId: string): Promise<number>;
  /** The alarm rang. */
  renewIfNeeded(profileId: string): Promise<void>;
  onChange(listener: (profileId: string, view: SessionView) => void): void;
}
