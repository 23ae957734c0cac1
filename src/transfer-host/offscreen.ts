/** Chromium: the offscreen document. It connects to the background and lives as long as there is something to do. */
import { connect } from "../platform/messages.ts";
import { hostPortName } from "../transfers/host-link.ts";
import { createJournal } from "../transfers/journal.ts";
import { createHost } from "./host.ts";
import { servePort } from "./serve-port.ts";

/** Milliseconds before each connection; after the last the document ends, and the background makes another when needed. */
const pauses = [0, 500, 2000, 5000];

async function serve(): Promise<void> {
  const journal = createJournal();
  const host = createHost({ bytes: journal.bytes, fetch: (...input) => fetch(...input) });
  for (const pause of pauses) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    // Connecting wakes a background that was ended while bytes moved; its journal says what to go on with.
    const busy = await servePort(host, connect(hostPortName)).closed;
    if (!busy) break;
  }
  close();
}

// `connect` throws in a document that an update has orphaned: nothing is left to do there.
serve().catch(() => close());
