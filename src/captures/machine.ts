/**
 * The states of a capture, as a pure function of record and event.
 *
 *   asked ── kept ──▶ taken ── named ──▶ sending ── staged ──▶ uploading ── stored ──▶ indexing ── (removed)
 *     │                                    ▲ │
 *     └───────────── named ────────────────┘ └── lost ──▶ asked
 *
 *   all of these ── failed ──▶ failed ── retried ──▶ the state before
 *   asked, failed ── linked ──▶ asked, as a bookmark
 *   all ── adopted, annotated ──▶ the same state
 *
 * `kept` puts the bytes into the captures' journal, since their owner is not signed in; `named` gives the place in the folder
 * and the key; `staged` says that the transfers have the bytes. Whatever ends, ends by being removed.
 */
import type { CaptureOffer, NameConflict } from "../messaging/captures-view.ts";
import type { WireError } from "../shared/result.ts";
import type { CaptureRecord, Described } from "./record.ts";

export type CaptureEvent =
  | { type: "kept"; described: Described }
  | { type: "named"; described: Described; key: string; path: string; ifExists: NameConflict }
  | { type: "staged" }
  /** The bytes were in memory only, and it is gone. */
  | { type: "lost" }
  | { type: "stored"; path: string }
  | { type: "failed"; error: WireError; offers: CaptureOffer[]; passing: boolean }
  | { type: "retried"; allowAddress: boolean }
  | { type: "linked" }
  | { type: "adopted"; identity: string }
  | { type: "annotated"; tags: string[]; note: string };

/** The record after the event; the very same object when the event means nothing in its state. */
export function transition(record: CaptureRecord, event: CaptureEvent): CaptureRecord {
  const { state } = record;
  switch (event.type) {
    case "kept":
      return state === "asked" ? { ...record, state: "taken", described: event.described, attempts: 0 } : record;
    case "named": {
      if (state !== "asked" && state !== "taken") return record;
      const { type: _, ...place } = event;
      return { ...record, ...place, state: "sending", attempts: 0 };
    }
    case "staged":
      return state === "sending" ? { ...record, state: "uploading" } : record;
    case "lost":
      return state === "sending" ? unnamed(record) : record;
    case "stored":
      return state === "uploading" ? { ...record, state: "indexing", path: event.path, attempts: 0 } : record;
    case "failed":
      if (state === "failed") return record;
      return {
        ...{ ...record, state: "failed", before: state, error: event.error, offers: event.offers },
        attempts: event.passing ? record.attempts + 1 : 0,
      };
    case "retried":
      if (state !== "failed") return record;
      return {
        ...{ ...record, state: record.before, error: null, offers: [] },
        allowAddress: record.allowAddress || event.allowAddress,
      };
    case "linked":
      if (state !== "asked" && (state !== "failed" || record.before !== "asked")) return record;
      return {
        ...unnamed(record),
        ...{ request: { ...record.request, kind: "bookmark" }, error: null, offers: [], attempts: 0 },
      };
    case "adopted":
      return record.identity === null ? { ...record, identity: event.identity } : record;
    case "annotated":
      // The index item may be on its way: then the item itself is changed.
      if (state === "indexing") return record;
      return { ...record, request: { ...record.request, tags: event.tags, note: event.note } };
  }
}

function unnamed(record: CaptureRecord): CaptureRecord {
  return { ...record, state: "asked", before: "asked", described: null, key: null, path: null };
}
