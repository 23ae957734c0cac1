/**
 * The way of a page's request. Page script ⇄ content script by a MessagePort for each request; content script ⇄ background by one
 * runtime port for each document, which the browser closes with it, so that no answer reaches another document; bytes by a port
 * of their own to the transfer host. The browser says who is at the other end (`port.sender`), never a message.
 */
import type { SiteFault, SiteResult } from "../shared/site/site-error.ts";

/** Name of the runtime port from a content script to the background. */
export const sitePortName = "site";
/** Name of the runtime port that fetches bytes from the transfer host is this, a space, and the ticket. */
export const siteBytesPortName = "site-bytes";

/** Content script → background. The first message of a port is `hello`. */
export type FromSite =
  | { type: "hello" }
  | { type: "request"; call: number; method: string; params: unknown }
  | { type: "cancel"; call: number };

/** Background → content script. */
export type ToSite =
  /** The answer to `hello`: this document is of a connected site, and the page script has been put into it. */
  { type: "welcome" } | { type: "answer"; call: number; result: SiteResult } | { type: "event"; event: SiteEvent };

/** What a page may listen to. */
export type SiteEvent =
  /** Somebody else wrote to what the site sees: another tab of the site, or the person in Holdall. Not of other devices. */
  | { name: "change"; items: string[]; files: string[] }
  /** The person ended or paused the connection, or signed out. */
  | { name: "disconnect"; reason: "revoked" | "paused" | "signed-out" }
  /** The time that the person gave is over. */
  | { name: "expired" };

/**
 * `value` of an answer to `files.get`. The content script opens the bytes port with `ticket`, once, within 30 s; the host then
 * sends pieces, each when it was asked for (`more`), so that no more than two are under way.
 */
export interface SiteFileAnswer {
  ticket: string;
  size: number;
  type: string;
  version: string;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
}

/** Content script → transfer host. */
export type ToSiteBytes = { type: "more" };
/** Transfer host → content script: blobs, which cross without being copied (a port moves 10 to 20 MB/s of plain bytes). */
export type FromSiteBytes = { type: "piece"; bytes: Blob } | { type: "end" } | { type: "failed"; error: SiteFault };

/** Page script → content script: one message with one MessagePort, on which everything about this request is then said. */
export interface PageRequest {
  holdall: 1;
  method: string;
  params: unknown;
}

/** Page script → content script, over the request's port. */
export type FromPage = { type: "cancel" } | { type: "more" };
/** Content script → page script, over the request's port. The last but for `piece` and `event`, after which it goes on. */
export type ToPage = { type: "answer"; result: SiteResult } | FromSiteBytes | { type: "event"; event: SiteEvent };
