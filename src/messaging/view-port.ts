/**
 * The way of the view from the background to the pages: a port, since `storage.onChanged` would also carry the secrets that
 * lie in `storage.session` to every page that listens.
 */
import { connect, onConnect, ownPage, type Port } from "../platform/messages.ts";
import { sessionArea } from "../platform/storage.ts";
import { isPortAnswer, portAnswered, portClosed, portName, settleCall } from "./command-port.ts";
import { emptyView, type View } from "./view.ts";

export const viewKey = "view";

/** For pages: the last known view at once, from memory, without waking the background. */
export async function lastView(): Promise<View> {
  const stored = await sessionArea.get(viewKey);
  return typeof stored === "object" && stored !== null ? (stored as View) : emptyView;
}

/** For pages: each new view. Connecting again wakes a background that has ended. */
export function followView(listener: (view: View) => void): () => void {
  let ended = false;
  let port: Port | null = null;
  let delay = 50;
  const start = () => {
    if (ended) return;
    let opened: Port;
    try {
      opened = connect(portName);
    } catch {
      // The extension was reloaded: this page is an orphan and stays as it is.
      return;
    }
    port = opened;
    opened.onMessage.addListener((message: unknown) => {
      delay = 50;
      portAnswered(opened);
      if (isPortAnswer(message)) settleCall(message);
      else listener(message as View);
    });
    opened.onDisconnect.addListener(() => {
      portClosed(opened);
      // Growing pauses: a background that cannot start must not be woken in a loop.
      setTimeout(start, delay);
      delay = Math.min(delay * 2, 5000);
    });
  };
  start();
  return () => {
    ended = true;
    port?.disconnect();
  };
}

export interface ViewServer {
  /** Sends a view to every page that follows. */
  push(view: View): void;
  /** How many pages are open. */
  followers(): number;
}

/** For the background: sends each view to the pages that follow. Call synchronously at load. */
export function serveView(current: () => Promise<View>): ViewServer {
  const ports = new Set<Port>();
  onConnect((port) => {
    const page = ownPage(port.sender);
    if (port.name !== portName || (page !== "/popup.html" && page !== "/app.html")) return;
    ports.add(port);
    port.onDisconnect.addListener(() => ports.delete(port));
    current().then(
      (view) => ports.has(port) && port.postMessage(view),
      () => port.disconnect(),
    );
  });
  return {
    push: (view) => {
      for (const port of ports) port.postMessage(view);
    },
    followers: () => ports.size,
  };
}
