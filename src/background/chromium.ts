/** Chromium's service worker. */
import { createOffscreenHost } from "./offscreen-link.ts";
import { startBackground } from "./start-background.ts";

startBackground({
  createHost: createOffscreenHost,
  // Providers that redirect by script need their page to load first.
  silentWindow: { abortOnLoadForNonInteractive: false, timeoutMsForNonInteractive: 15_000 },
});
