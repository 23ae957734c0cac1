/**
 * Put into the documents of connected sites, into the page's own world, after the background has said that the site is connected.
 * The provider is announced by an event, and again for whoever asks: `holdall:announce` on `window`, with the provider as
 * `detail`, answers every `holdall:find`. No global, so that nothing of the page's is overwritten.
 */
import type { SiteEvent } from "../messaging/site-channel.ts";
import {
  addTo,
  dispatch,
  each,
  freeze,
  here,
  later,
  listen,
  NativeCustomEvent,
  NativePromise,
  takeFrom,
} from "./intrinsics.ts";
import { isOthers, type RequestInput, request, sendToContent } from "./request.ts";

const find = "holdall:find";
const announce = "holdall:announce";

type Listener = (event: SiteEvent) => void;

function createProvider() {
  const listeners = new Set<{ name: string; listener: Listener }>();
  const tell = (event: SiteEvent) =>
    // One listener's mistake is not another's: each is called by itself, and what it throws is reported as of an event.
    each(listeners, ({ name, listener }) => name === event.name && later(() => listener(event)));
  let ready: () => void;
  const answered = new NativePromise<void>((resolve) => {
    ready = resolve;
  });
  const hearEvents = () =>
    sendToContent({ holdall: 1, method: "events", params: null }, (message) => {
      if (message.type !== "event") ready();
      else if (!isOthers(message)) tell(freeze(message.event));
    });
  // The content script may listen already, or say so when it begins to.
  listen(here, "holdall:ready", hearEvents);
  hearEvents();
  return freeze({
    /** Of this interface. */
    version: 1,
    request: async (input: RequestInput) => {
      await answered;
      return await request(input);
    },
    /** @returns what ends it */
    on: (name: string, listener: Listener) => {
      const entry = { name, listener };
      addTo(listeners, entry);
      return () => void takeFrom(listeners, entry);
    },
  });
}

function start(): void {
  const provider = createProvider();
  const show = () => dispatch(here, new NativeCustomEvent(announce, { detail: provider }));
  listen(here, find, show);
  show();
}

/** After a restart of the background the script is put in again, where it runs already. */
function runs(): boolean {
  let answered = false;
  const hear = () => {
    answered = true;
  };
  here.addEventListener(announce, hear);
  dispatch(here, new NativeCustomEvent(find));
  here.removeEventListener(announce, hear);
  return answered;
}

if (!runs()) start();
