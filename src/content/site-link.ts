/**
 * The content script's port to the background. It ends when the background sleeps or restarts, when the page goes into the
 * back/forward cache, and when the site is connected no more; the next request opens it again.
 */
import type { FromSite, ToSite } from "../messaging/site-channel.ts";
import { sitePortName } from "../messaging/site-channel.ts";
import { connect, type Port } from "../platform/messages.ts";

/** `refused`: this document is of no connected site. `gone`: the extension was updated or removed, and this script is an orphan. */
export type Opened = "welcome" | "refused" | "gone";

export interface SiteLink {
  /** Says hello, once for all who wait. @param again also when it was just refused */
  open(again?: boolean): Promise<Opened>;
  isOpen(): boolean;
  /** @returns false when the port has just been lost, or the message cannot be cloned */
  send(message: FromSite): boolean;
  close(): void;
}

/** Milliseconds after a refusal in which no request wakes the background again. */
const patience = 1000;

interface Listening {
  heard(message: Exclude<ToSite, { type: "welcome" }>): void;
  /** The port was lost; not called for `close`. */
  lost(): void;
}

export function createSiteLink({ heard, lost }: Listening): SiteLink {
  let port: Port | null = null;
  let opening: Promise<Opened> | null = null;
  let welcomed = false;
  let refusedAt = -patience;

  const hello = async (again: boolean): Promise<Opened> => {
    if (!again && performance.now() - refusedAt < patience) return "refused";
    let opened: Port;
    try {
      opened = connect(sitePortName);
    } catch {
      return "gone";
    }
    port = opened;
    return await new Promise((resolve) => {
      opened.onMessage.addListener((message: unknown) => {
        if (port !== opened) return;
        const said = message as ToSite;
        if (said.type !== "welcome") return heard(said);
        welcomed = true;
        resolve("welcome");
      });
      opened.onDisconnect.addListener(() => {
        if (port !== opened) return;
        const before = welcomed;
        forget();
        if (before) return lost();
        refusedAt = performance.now();
        resolve("refused");
      });
      post(opened, { type: "hello" });
    });
  };
  const forget = () => {
    port = null;
    opening = null;
    welcomed = false;
  };
  return {
    open: (again = false) => {
      opening ??= hello(again).then((outcome) => {
        if (outcome !== "welcome") forget();
        return outcome;
      });
      return opening;
    },
    isOpen: () => welcomed,
    send: (message) => port !== null && post(port, message),
    close: () => {
      const closing = port;
      forget();
      closing?.disconnect();
    },
  };
}

function post(port: Port, message: FromSite): boolean {
  try {
    port.postMessage(message);
    return true;
  } catch {
    return false;
  }
}
