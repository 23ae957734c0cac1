/** Chromium's service worker. */
import type { AwsPart } from "./aws-part.ts";
import { lateScript } from "./late-script.ts";
import { createOffscreenHost } from "./offscreen-link.ts";
import { startBackground } from "./start-background.ts";

startBackground({
  aws: lateScript<AwsPart>("aws"),
  createHost: createOffscreenHost,
  // Providers that redirect by script need their page to load first.
  silentWindow: { abortOnLoadForNonInteractive: false, timeoutMsForNonInteractive: 15_000 },
});
