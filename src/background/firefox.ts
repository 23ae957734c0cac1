/** Firefox's event page. */
import { touch } from "../platform/lifecycle.ts";
import { extensionUrl } from "../platform/pages.ts";
import { createInProcessHost } from "../transfer-host/in-process.ts";
import type { CapturePart } from "./captures/capture-part.ts";
import { handedOver } from "./late-script.ts";
import { networkPart } from "./network-part.ts";
import { startBackground } from "./start-background.ts";

startBackground({
  network: () => networkPart,
  loadedNetwork: () => networkPart,
  captures: async () => {
    // A page may import(); the script hands its part over as it does in Chromium.
    await import(extensionUrl("/captures.js"));
    return handedOver<CapturePart>("captures") as CapturePart;
  },
  notificationButtons: false,
  createHost: (journal) => createInProcessHost({ journal, fetch: (...request) => fetch(...request), touch }),
  silentWindow: {},
});
