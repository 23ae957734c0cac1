/**
 * Runs in documents whose host has a connected site, in a world of its own. Whether this very origin is connected is the
 * background's to say: until its welcome, nothing is listened to and nothing of the page is touched.
 */
import { deepestValue, largestRequest, mostParallel, mostWaiting } from "../messaging/site-limits.ts";
import { isOrphaned } from "../platform/messages.ts";
import { ownCopy } from "./own-copy.ts";
import { createRelay } from "./relay.ts";
import { createSiteLink } from "./site-link.ts";
import { createTokenBucket } from "./token-bucket.ts";

/** In this world alone: the script is put into open documents when their site is connected, where it may run already. */
const mark = "holdallSite";
/** Requests at once, and a second: far above what a person allows, far below what would keep the background busy. */
const burst = 1000;
const perSecond = 250;
/** What a script tells those before it once it is welcome: no sooner, since a page that is not connected is to notice nothing. */
const comes = "holdall:successor";
/** The levels around a value: params, operations, one of them, `put`. */
const levelsAround = 5;

function start(): () => void {
  const relay = createRelay({
    link: {
      open: () => link.open(),
      isOpen: () => link.isOpen(),
      send: (message) => link.send(message),
    },
    bucket: createTokenBucket(burst, perSecond, () => performance.now()),
    copy: (value) => ownCopy(value, largestRequest, deepestValue + levelsAround),
    most: mostParallel + mostWaiting,
  });
  const link = createSiteLink({
    heard: relay.heard,
    lost: () => {
      relay.lost();
      relay.resume();
    },
  });
  let listening = false;

  const listen = (event: MessageEvent) => {
    // Frames and openers have another source. What a page tells itself with a port and this mark is a request.
    const [port, ...others] = event.ports;
    if (event.source !== window || port === undefined || others.length > 0) return;
    const request = inOwnRealm(event.data);
    if (typeof request !== "object" || request === null || (request as { holdall?: unknown }).holdall !== 1) return;
    event.stopImmediatePropagation();
    relay.request(request, port);
  };
  // An updated extension puts a script of its own beside this one, which would keep every request from it. A page that says so
  // itself changes nothing.
  const successor = () => {
    if (!isOrphaned()) return;
    removeEventListener("message", listen, true);
    removeEventListener(comes, successor);
  };
  const greet = async (again = false) => {
    if ((await link.open(again)) !== "welcome" || listening) return;
    listening = true;
    dispatchEvent(new Event(comes));
    addEventListener(comes, successor);
    addEventListener("message", listen, true);
    // The page script is there before the welcome is, and waits for this.
    dispatchEvent(new Event("holdall:ready"));
  };
  // The browser would close the port, each in its own way and time: so it is done here, and undone when the page comes back.
  addEventListener("pagehide", () => {
    link.close();
    relay.lost();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return;
    greet();
    relay.resume();
  });
  // Events were missed while the background slept.
  document.addEventListener("visibilitychange", () => {
    if (listening && document.visibilityState === "visible") greet();
  });
  greet();
  // The background puts the script in again when it has reason to know better.
  return () => void greet(true);
}

/** Firefox shows a page's objects through wrappers, which keep the bytes of arrays to themselves. */
function inOwnRealm(data: unknown): unknown {
  const { cloneInto } = globalThis as { cloneInto?: (value: unknown, scope: object) => unknown };
  if (cloneInto === undefined) return data;
  try {
    return cloneInto(data, globalThis);
  } catch {
    return null;
  }
}

// A connected site in somebody's frame is not what the person sees in the address bar.
if (window === top) {
  const own = globalThis as { [mark]?: () => void };
  if (own[mark] !== undefined) own[mark]();
  else if ((document as { prerendering?: boolean }).prerendering)
    // Nobody has come to this page yet.
    document.addEventListener("prerenderingchange", () => (own[mark] ??= start()), { once: true });
  else own[mark] = start();
}
