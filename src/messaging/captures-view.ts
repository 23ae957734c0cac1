/** What pages see of captures: rows of the mirror, what is under way, and the person's rules. */
import type { WireError } from "../shared/result.ts";

/**
 * `link`: the bytes that a link leads to. `screenshot`: the visible area, `page-screenshot`: all of the page. `bookmark`: the
 * address alone, in a small file that systems open.
 */
export const captureKinds = [
  "image",
  "video",
  "audio",
  "link",
  "selection",
  "page",
  "screenshot",
  "page-screenshot",
  "bookmark",
] as const;
export type CaptureKind = (typeof captureKinds)[number];

/** A capture that is stored: an object, and the index item that describes it. */
export interface CaptureRow {
  /** ULID: the end of the index item's sort key. */
  id: string;
  kind: CaptureKind;
  /** Address of what was captured, without password and fragment. */
  url: string;
  /** Address of the page it was captured on. */
  page: string;
  /** Host of `page`. */
  site: string;
  title: string;
  /** Inside the folder. */
  path: string;
  /** Media type. */
  type: string;
  /** Bytes. */
  size: number;
  /** Lower-case hex. */
  sha256: string;
  /** Pixels; null when the format does not say. */
  dimensions: { width: number; height: number } | null;
  /** Without repetition, in the person's order. */
  tags: string[];
  note: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Pictures and style sheets of a page that could not be included. */
  missing: number;
  /** Version attribute of the index item. */
  rev: number;
}

/** What the person may do about a capture that did not work. */
export type CaptureOffer =
  | "retry"
  /** Ask for the host that `permission-needed` names, then try again. */
  | "allow-host"
  /** Fetch from an address inside this network all the same, this once. */
  | "allow-address"
  /** Keep the address in place of the bytes. */
  | "save-link";

/** A capture that is not complete yet. */
export interface PendingCapture {
  id: string;
  kind: CaptureKind;
  url: string;
  page: string;
  site: string;
  title: string;
  at: number;
  /** `taking`: bytes are fetched or drawn. `kept`: waits for a sign-in. `sending`: the object, then its index item. */
  state: "taking" | "kept" | "sending" | "failed";
  /** Bytes so far (`page-screenshot`: pixels of height). */
  received: number;
  total: number | null;
  error: WireError | null;
  offers: CaptureOffer[];
  tags: string[];
  note: string;
}

/** How a capture ended, or came to rest. */
export type CaptureEnd =
  | { state: "saved"; row: CaptureRow }
  /** The same bytes were there already: the earlier capture, which has the words that were typed for this one. */
  | { state: "known"; row: CaptureRow }
  /** Nobody is signed in, or there is no network: the bytes are kept. */
  | { state: "kept" }
  /** The rule says so, as the name is taken. */
  | { state: "skipped"; path: string }
  | { state: "failed"; error: WireError; offers: CaptureOffer[] }
  | { state: "discarded" };

export interface CapturesView {
  /** Of the shown owner, newest first, at most `pendingRows`. */
  pending: PendingCapture[];
  /** Taken while nobody was signed in. While somebody is signed in: those they are asked to take over. */
  unclaimed: number;
  /** The captures' journal cannot be opened. */
  problem: WireError | null;
}

export const pendingRows = 20;

export const noCaptures: CapturesView = { pending: [], unclaimed: 0, problem: null };

export interface CaptureFilter {
  /** Words that title, address, note, tags or path hold, in any order; "" for all. */
  text?: string | undefined;
  site?: string | undefined;
  tag?: string | undefined;
  kind?: CaptureKind | undefined;
  /** Milliseconds since the epoch: `from` ≤ at < `to`. */
  from?: number | undefined;
  to?: number | undefined;
}

/** What one can filter by: each with how many captures it has, most first. */
export interface CaptureFacets {
  sites: [name: string, count: number][];
  tags: [name: string, count: number][];
  kinds: [kind: CaptureKind, count: number][];
  total: number;
  /** The mirror is still being filled or brought up to date. */
  syncing: boolean;
}

/** What happens when a name is taken. `ask`: the transfers ask, as for uploads. */
export type NameConflict = "keep-both" | "replace" | "skip" | "ask";

export interface NamingRule {
  id: string;
  /** A host, or `*.example.com` for it and all below; "" for any. */
  site: string;
  /** None: any. */
  kinds: CaptureKind[];
  /** See src/shared/naming/. */
  template: string;
  ifExists: NameConflict;
}

/** One set per profile, on this device. */
export interface CaptureSettings {
  /** The first that matches names the capture. */
  rules: NamingRule[];
  /** For all others. */
  fallback: { template: string; ifExists: NameConflict };
  /** What "Save page" makes where the browser has both. */
  page: "mhtml" | "html";
  selection: "markdown" | "text";
  /** Bytes that are in the folder already: `skip` shows the earlier capture in place of a second one. */
  duplicates: "skip" | "keep";
}

/** Good enough never to be changed: by year and month, called as the source is, and no two alike. */
export const defaultCaptureSettings: CaptureSettings = {
  rules: [],
  fallback: { template: "captures/<yyyy>/<mm>/<name:80|title:80|site|kind>-<id>", ifExists: "keep-both" },
  page: "mhtml",
  selection: "markdown",
  duplicates: "skip",
};
