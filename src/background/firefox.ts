/** Firefox's event page. */
import { touch } from "../platform/lifecycle.ts";
import { createInProcessHost } from "../transfer-host/in-process.ts";
import { awsPart } from "./aws-part.ts";
import { startBackground } from "./start-background.ts";

startBackground({
  aws: () => awsPart,
  createHost: (journal) =>
    createInProcessHost({ bytes: journal.bytes, fetch: (...request) => fetch(...request), touch }),
  silentWindow: {},
});
