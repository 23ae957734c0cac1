/** The documents of connected sites that are open: what each asks, and what each is told. */
import type { FromSite, SiteEvent, ToSite } from "../../messaging/site-channel.ts";
import { mostParallel, mostWaiting } from "../../messaging/site-methods.ts";
import type { Port } from "../../platform/messages.ts";
import { putIntoPage, type SiteDocument, siteDocument } from "../../platform/site-port.ts";
import { log } from "../../shared/log.ts";
import { siteName } from "../../shared/site/site-name.ts";
import { createLimits } from "../../sites/limits.ts";
import { endOf, faultOf, SiteProblem } from "../../sites/site-problem.ts";
import type { ReadPiece, SiteAnswer, SiteCaller, Sites } from "../../sites/sites.ts";

const pageScript = "page.js";
/** Messages of a document in a minute: the content script lets fewer through, so more come from no script of ours. */
const mostMessages = 30_000;

export interface OpenDocument {
  hear(message: unknown): void;
  close(): void;
}

export interface SiteDocuments {
  /** null for whoever is not a document that can be a connected site's. */
  open(port: Port): OpenDocument | null;
  /**
   * To the documents of an origin.
   * @param whose of the person alone, where one is named, and not to the document that caused it
   */
  tell(origin: string, event: SiteEvent, whose?: { person?: string; document?: string }): void;
  /**
   * Ends what is under way for all, or for an origin: there a `connect` goes on, since its own answer is what changes a grant.
   * @param why what the pages are told
   */
  abort(origin: string | null, why: SiteProblem): void;
  origins(): string[];
  /** The connection of an origin ended: nothing is shown of it any more, and its ports close. */
  end(origin: string, why: SiteProblem): void;
  /** What the toolbar says of open documents may be another thing by now. */
  mark(): void;
}

interface Call {
  method: string;
  abort: AbortController;
  pieces: ReadPiece | null;
  /** One piece after the other. */
  sending: Promise<void>;
}

interface Open {
  port: Port;
  origin: string;
  tab: number;
  welcome: boolean;
  calls: Map<number, Call>;
}

/**
 * @param connected is this origin connected by anybody on this device, and may scripts run there?
 * @param mark shows at the toolbar whose page a tab shows: null when it is no site's
 */
export function createSiteDocuments(
  sites: Sites,
  connected: (origin: string) => Promise<boolean>,
  mark: (tab: number, origin: string | null) => void,
): SiteDocuments {
  const documents = new Map<string, Open>();
  const limits = createLimits(() => Date.now());
  let last = 0;

  function post(document: Open, message: ToSite): void {
    try {
      document.port.postMessage(message);
    } catch {
      // The document is gone, and nobody waits.
    }
  }

  async function hello(id: string, document: Open, place: SiteDocument): Promise<void> {
    // An origin that nobody connected learns nothing, not even that somebody looked.
    const known = await connected(document.origin);
    if (!documents.has(id)) return;
    if (!known) {
      close(id);
      document.port.disconnect();
      return;
    }
    if (document.welcome) return;
    document.welcome = true;
    mark(document.tab, document.origin);
    // First the ear, then the mouth: what the page asks at once is heard.
    post(document, { type: "welcome" });
    await putIntoPage(place, pageScript);
  }

  async function request(
    id: string,
    document: Open,
    tab: number,
    message: FromSite & { type: "request" },
  ): Promise<void> {
    const { call, method, params, person = null } = message;
    const own: Call = { method, abort: new AbortController(), pieces: null, sending: Promise.resolve() };
    document.calls.set(call, own);
    const { signal } = own.abort;
    let served: string | undefined;
    const caller: SiteCaller = {
      ...{ origin: document.origin, id, tab, person, again: message.again === true },
      serves: (whom) => {
        served = whom;
      },
    };
    const asked = sites.request(caller, method, params, signal);
    // What AWS still answers comes too late, and to nobody.
    const { result, pieces } = await Promise.race([asked, cut(signal)]);
    if (pieces === undefined) document.calls.delete(call);
    else own.pieces = pieces;
    post(document, { type: "answer", call, result, ...(served !== undefined && { person: served }) });
  }

  async function piece(document: Open, call: number, own: Call): Promise<void> {
    if (own.pieces === null || own.abort.signal.aborted) return;
    try {
      const bytes = await own.pieces(own.abort.signal);
      if (bytes === null) document.calls.delete(call);
      post(document, bytes === null ? { type: "end", call } : { type: "piece", call, bytes });
    } catch (error) {
      document.calls.delete(call);
      post(document, { type: "failed", call, error: faultOf(error) });
    }
  }

  function close(id: string, why?: SiteProblem): void {
    const document = documents.get(id);
    documents.delete(id);
    // What the tab shows next is of a connected site only if that says hello, and it may have done so already.
    if (document?.welcome && ![...documents.values()].some(({ tab, welcome }) => tab === document.tab && welcome)) {
      mark(document.tab, null);
    }
    for (const { abort } of document?.calls.values() ?? []) abort.abort(why);
  }

  function hear(id: string, document: Open, place: SiteDocument, message: unknown): void {
    if (!isFromSite(message) || !documents.has(id)) return;
    if (message.type === "hello") {
      hello(id, document, place).catch((error) => log.warn("sites", error));
      return;
    }
    if (!document.welcome || !Number.isSafeInteger(message.call)) return;
    const { call } = message;
    const known = document.calls.get(call);
    if (message.type === "cancel") {
      known?.abort.abort();
      document.calls.delete(call);
    } else if (message.type === "more") {
      if (known !== undefined) known.sending = known.sending.then(() => piece(document, call, known));
    } else if (known === undefined) {
      try {
        limits.count(id, mostMessages);
        if (document.calls.size >= mostParallel + mostWaiting) {
          throw new SiteProblem("over-limit", "Too many requests at once.", { retryAfter: 1000 });
        }
      } catch (error) {
        post(document, { type: "answer", call, result: { ok: false, error: faultOf(error) } });
        return;
      }
      void request(id, document, place.tab, message);
    }
  }

  return {
    open(port) {
      const place = siteDocument(port);
      if (place === null || siteName(place.origin) === null) return null;
      last += 1;
      const id = String(last);
      const document: Open = { port, origin: place.origin, tab: place.tab, welcome: false, calls: new Map() };
      documents.set(id, document);
      return { hear: (message) => hear(id, document, place, message), close: () => close(id) };
    },
    tell(origin, event, { person, document: cause } = {}) {
      for (const [id, document] of documents) {
        if (document.origin !== origin || !document.welcome || id === cause) continue;
        // The page script, which outlives us, knows whom its document is for.
        post(document, { type: "event", event, ...(person !== undefined && { person }) });
      }
    },
    abort(origin, why) {
      for (const document of documents.values()) {
        if (origin !== null && document.origin !== origin) continue;
        for (const [call, { abort, method, pieces }] of document.calls) {
          if (origin !== null && method === "connect") continue;
          abort.abort(why);
          // It was answered already, and nothing else would tell its reader.
          if (pieces === null) continue;
          document.calls.delete(call);
          post(document, { type: "failed", call, error: why.fault });
        }
      }
    },
    end(origin, why) {
      for (const [id, document] of documents) {
        if (document.origin !== origin) continue;
        close(id, why);
        // What ends by this is answered first.
        setTimeout(() => document.port.disconnect(), 0);
      }
    },
    mark() {
      for (const { tab, origin, welcome } of documents.values()) if (welcome) mark(tab, origin);
    },
    origins: () => [...new Set([...documents.values()].filter(({ welcome }) => welcome).map(({ origin }) => origin))],
  };
}

function cut(signal: AbortSignal): Promise<SiteAnswer> {
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve({ result: { ok: false, error: endOf(signal).fault } })),
  );
}

function isRequest(message: { type: unknown }): boolean {
  if (message.type !== "request" || !("method" in message)) return false;
  return !("person" in message) || typeof message.person === "string";
}

function isFromSite(message: unknown): message is FromSite {
  if (typeof message !== "object" || message === null || !("type" in message)) return false;
  if (message.type === "hello") return true;
  if (!("call" in message) || typeof message.call !== "number") return false;
  return message.type === "more" || message.type === "cancel" || isRequest(message);
}
