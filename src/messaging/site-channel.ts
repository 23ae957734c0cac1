/**
 * The way of a page's request. Page script ⇄ content script by a MessagePort for each request; content script ⇄ background by one
 * runtime port for each document, which the browser closes with it, so that no answer reaches another document. Bytes cross as
 * blobs, which are handed over without being copied (as plain bytes a port moves 10 to 20 MB/s). The browser says who is at the
 * other end (`port.sender`), never a message.
 */
import type { SiteFault, SiteResult } from "../shared/site/site-error.ts";

/** Name of the runtime port from a content script to the background. */
export const sitePortName = "site";

/** Content script → background. The first message of a port is `hello`. */
export type FromSite =
  | { type: "hello" }
  /**
   * `person`: whom the document is for; absent before an answer has told. `again`: the same request was asked before, of a background
   * that ended meanwhile.
   */
  | { type: "request"; call: number; method: string; params: unknown; person?: string; again?: boolean }
  /** The next piece of a file, once its request was answered. */
  | { type: "more"; call: number }
  | { type: "cancel"; call: number };

/** Background → content script. */
export type ToSite =
  /** The answer to `hello`: this document is of a connected site, and the page script has been put into it. */
  | { type: "welcome" }
  /** `person`: whom it was answered for, as the site knows them; absent when that was nobody. */
  | { type: "answer"; call: number; result: SiteResult; person?: string }
  | ({ call: number } & SitePiece)
  /** `person`: nobody else's documents are told. */
  | { type: "event"; event: SiteEvent; person?: string };

/** After the answer to `files.get`, each when it was asked for. */
export type SitePiece = { type: "piece"; bytes: Blob } | { type: "end" } | { type: "failed"; error: SiteFault };

/** What a page may listen to. */
export type SiteEvent =
  /** Somebody else wrote to what the site sees: another tab of the site, or the person in Holdall. Not of other devices. */
  | { name: "change"; items: string[]; files: string[] }
  /** The person ended or paused the connection, or signed out. */
  | { name: "disconnect"; reason: "revoked" | "paused" | "signed-out" }
  /** The time that the person gave is over. */
  | { name: "expired" };

/** `value` of an answer to `files.get`; pieces follow, each when it was asked for, then `end`. */
export interface SiteFileAnswer {
  path: string;
  /** Bytes that follow. */
  size: number;
  type: string;
  version: string;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
}

/**
 * Page script → content script: one message with one MessagePort, on which everything about this request is then said. The method
 * `events` is the content script's own: it answers null, and the port then carries events.
 */
export interface PageRequest {
  holdall: 1;
  method: string;
  params: unknown;
  /** Whom the document is for: what was told with an answer. */
  person?: string | undefined;
}

/** Page script → content script, over the request's port. */
export type FromPage = { type: "cancel" } | { type: "more" };
/** Content script → page script, over the request's port. After `answer` come pieces only, and only of `files.get`. */
export type ToPage =
  | { type: "answer"; result: SiteResult; person?: string }
  | SitePiece
  | { type: "event"; event: SiteEvent; person?: string };
