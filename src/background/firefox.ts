/** Firefox's event page. */
import { touch } from "../platform/lifecycle.ts";
import { createInProcessHost } from "../transfer-host/in-process.ts";
import { networkPart } from "./network-part.ts";
import { startBackground } from "./start-background.ts";

startBackground({
  network: () => networkPart,
  loadedNetwork: () => networkPart,
  createHost: (journal) => createInProcessHost({ journal, fetch: (...request) => fetch(...request), touch }),
  silentWindow: {},
});
