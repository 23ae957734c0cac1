import type { HostLink } from "../transfers/host/host-link.ts";
import type { Journal } from "../transfers/journal/journal.ts";
import type { AccessPart } from "./access/access-part.ts";
import type { ActivityPart } from "./activity/activity-part.ts";
import type { CapturePart } from "./captures/capture-part.ts";
import type { CheckPart } from "./checks/check-part.ts";
import type { NetworkPart } from "./network-part.ts";
import type { ProfilePart } from "./profiles/profile-part.ts";
import type { SitePart } from "./sites/site-part.ts";

/** What differs between the browsers. */
export interface BrowserParts {
  /** What sends requests; asked for when a request is about to go out, never at wake-up. */
  network(): NetworkPart;
  /** The same if it was asked for in this life of the background, else null. */
  loadedNetwork(): NetworkPart | null;
  /** What captures, and shows captures; asked for when there is something to capture or to show. */
  captures(): Promise<CapturePart>;
  /** Identity pools and role directories; asked for when somebody signs in by one of them. */
  access(): Promise<AccessPart>;
  /** The doctor and the isolation proof; asked for when one of them is started. */
  checks(): Promise<CheckPart>;
  /** What answers connected sites; asked for when one of their documents speaks, or the person looks at them. */
  sites(): Promise<SitePart>;
  /** What names and keeps requests; asked for at the first of them. */
  activity(): Promise<ActivityPart>;
  /** What checks and writes profiles, and reads policies; asked for when there is one to check. */
  profiles(): Promise<ProfilePart>;
  /** May notifications have buttons? */
  notificationButtons: boolean;
  /** Called synchronously at load. */
  createHost(journal: Journal): HostLink;
  /** What `launchWebAuthFlow` understands here beyond `interactive`, for a silent run. */
  silentWindow: Record<string, unknown>;
}
