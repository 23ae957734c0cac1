import { onConnect, ownPage } from "../platform/messages.ts";
import { hasOffscreen, openOffscreen } from "../platform/offscreen.ts";
import { type HostLink, hostPortName } from "../transfers/host/host-link.ts";
import { createPortLink } from "../transfers/host/port-link.ts";

const page = "/offscreen.html";

/**
 * The transfer host in an offscreen document, made at the first transfer; it closes itself when there is nothing left to do.
 * Call synchronously at load: the document connects again to a background that was ended.
 */
export function createOffscreenHost(): HostLink {
  const link = createPortLink({
    open: () => openOffscreen(page, "Sends and receives files, which may take longer than a worker lives."),
    exists: hasOffscreen,
  });
  onConnect((port) => {
    // Signed requests go over this port: nothing but our own document may hold its other end.
    if (port.name === hostPortName && ownPage(port.sender) === page) link.accept(port);
  });
  return link;
}
