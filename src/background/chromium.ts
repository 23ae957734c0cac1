/** Chromium's service worker. */

import type { AccessPart } from "./access/access-part.ts";
import type { ActivityPart } from "./activity/activity-part.ts";
import type { CapturePart } from "./captures/capture-part.ts";
import type { CheckPart } from "./checks/check-part.ts";
import { lateScript } from "./late-script.ts";
import type { NetworkPart } from "./network-part.ts";
import { createOffscreenHost } from "./offscreen-link.ts";
import type { ProfilePart } from "./profiles/profile-part.ts";
import type { SitePart } from "./sites/site-part.ts";
import { startBackground } from "./start-background.ts";

const network = lateScript<NetworkPart>("network");
const captures = lateScript<CapturePart>("captures");
const access = lateScript<AccessPart>("access");
const activity = lateScript<ActivityPart>("activity");
const checks = lateScript<CheckPart>("checks");
const profiles = lateScript<ProfilePart>("profiles");
const sites = lateScript<SitePart>("sites");

startBackground({
  network: network.load,
  loadedNetwork: network.loaded,
  captures: async () => captures.load(),
  access: async () => access.load(),
  checks: async () => checks.load(),
  activity: async () => activity.load(),
  profiles: async () => profiles.load(),
  sites: async () => sites.load(),
  notificationButtons: true,
  createHost: createOffscreenHost,
  // Providers that redirect by script need their page to load first.
  silentWindow: { abortOnLoadForNonInteractive: false, timeoutMsForNonInteractive: 15_000 },
});
