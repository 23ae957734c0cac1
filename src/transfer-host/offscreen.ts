/** Chromium: the offscreen document. It connects to the background and lives as long as there is something to do. */
import { connect } from "../platform/messages.ts";
import { hostPortName } from "../transfers/host/host-link.ts";
import { createJournal } from "../transfers/journal/create-journal.ts";
import { createHeartbeat } from "./heartbeat.ts";
import { createHost } from "./host.ts";
import { servePort } from "./serve-port.ts";

/** Milliseconds before each new connection, the last one for all further ones: less than the background waits for one. */
const pauses = [0, 500, 2000, 4000];

async function serve(): Promise<void> {
  const heartbeat = createHeartbeat();
  const host = createHost({
    journal: createJournal(),
    fetch: (...input) => fetch(...input),
    heartbeat,
    rereadSources: false,
  });
  // Connecting wakes a background that was ended while bytes moved; its journal says what to go on with. A source or a
  // `blob:` URL ends with this document, so it stays for them. `connect` throws when an update has orphaned it.
  for (let unserved = 0, busy = true; busy; unserved += 1) {
    await new Promise((resolve) => setTimeout(resolve, pauses[Math.min(unserved, pauses.length - 1)]));
    const { closed, served } = servePort(host, connect(hostPortName), heartbeat);
    busy = await closed;
    if (served()) unserved = 0;
  }
}

serve()
  .catch(() => undefined)
  .finally(() => close());
