/** Chromium's service worker. */

import { lateScript } from "./late-script.ts";
import type { NetworkPart } from "./network-part.ts";
import { createOffscreenHost } from "./offscreen-link.ts";
import { startBackground } from "./start-background.ts";

const network = lateScript<NetworkPart>("network");

startBackground({
  network: network.load,
  loadedNetwork: network.loaded,
  createHost: createOffscreenHost,
  // Providers that redirect by script need their page to load first.
  silentWindow: { abortOnLoadForNonInteractive: false, timeoutMsForNonInteractive: 15_000 },
});
