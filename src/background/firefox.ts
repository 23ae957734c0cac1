/** Firefox's event page. */
import { touch } from "../platform/lifecycle.ts";
import { extensionUrl } from "../platform/pages.ts";
import { createInProcessHost } from "../transfer-host/in-process.ts";
import type { AccessPart } from "./access/access-part.ts";
import type { ActivityPart } from "./activity/activity-part.ts";
import type { CapturePart } from "./captures/capture-part.ts";
import type { CheckPart } from "./checks/check-part.ts";
import { handedOver } from "./late-script.ts";
import { networkPart } from "./network-part.ts";
import type { ProfilePart } from "./profiles/profile-part.ts";
import type { SitePart } from "./sites/site-part.ts";
import { startBackground } from "./start-background.ts";

startBackground({
  network: () => networkPart,
  loadedNetwork: () => networkPart,
  captures: () => late<CapturePart>("captures"),
  access: () => late<AccessPart>("access"),
  checks: () => late<CheckPart>("checks"),
  activity: () => late<ActivityPart>("activity"),
  profiles: () => late<ProfilePart>("profiles"),
  sites: () => late<SitePart>("sites"),
  notificationButtons: false,
  createHost: (journal) => createInProcessHost({ journal, fetch: (...request) => fetch(...request), touch }),
  silentWindow: {},
});

/** A page may import(); the script hands its part over as it does in Chromium. */
async function late<Part>(name: string): Promise<Part> {
  await import(extensionUrl(`/${name}.js`));
  return handedOver<Part>(name) as Part;
}
