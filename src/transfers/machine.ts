/**
 * The states of a transfer, as a pure function of record and event.
 *
 *   upload     staged ── sending ──▶ sending ── proved ──▶ done
 *              ▲ ▲ │ ◀─ answered ───────┘                   ▲
 *              │ └─┘ digested, renamed, absent              │
 *              │   └──────────── proved ────────────────────┤
 *              │                                            │
 *   download   staged ── fetching ──▶ fetching ── handed ──▶ saving
 *              ▲                         ▲                  │
 *              │                         └──── fetching ────┘
 *              └── resumed ── waiting ◀── blocked ── staged, sending, fetching, saving
 *
 *   staged, sending, fetching, saving, waiting ── gave-up ──▶ failed     ── retried ──▶ staged
 *                                              ── cancelled ▶ cancelled  ── retried ──▶ staged
 *
 * `unsure` travels along: a PUT whose answer was not seen may have been carried out, so `staged` with `unsure` asks S3
 * (HEAD) and becomes `proved`, `renamed` or `absent` before another PUT goes out. `recovered` is the restart of the background:
 * what was on its way comes back to `staged`, uploads unsure; `saving` goes on in the browser without us.
 */
import type { WireError } from "../shared/result.ts";
import type { IfExists, TransferRecord, TransferState } from "./record.ts";

export type TransferEvent =
  /** So many bytes of the source are in the journal. */
  | { type: "staged"; bytes: number }
  /** There is no room: its parts are read from the source itself. */
  | { type: "made-live" }
  /** The browser ended before the source was copied whole, and nobody holds it. */
  | { type: "source-lost"; error: WireError }
  /** The person picked the file again, and it is the same. */
  | { type: "provided" }
  /** `uploading` or `fetching`, by kind: a run began. */
  | { type: "started" }
  /** The checksum of the whole is known. */
  | { type: "digested"; crc32: string; fingerprint: string | null }
  /** A PUT of the whole, or the completion, goes out now: from here on S3 may have the object. */
  | { type: "committing" }
  /** S3 answered, and that proves nothing yet. `unsure`: it may have the object all the same (5xx, 412, no checksum signed). */
  | { type: "answered"; unsure: boolean }
  /** S3 has exactly these bytes: it accepted the signed checksum, or a HEAD said so. Download: the file is on disk. */
  | { type: "proved"; deduplicated?: boolean }
  | { type: "absent" }
  | { type: "renamed"; path: string; name: string }
  /** So many bytes of a download are in the journal; size and version as the first answer told them. */
  | { type: "fetched"; bytes: number; size: number; etag: string | null }
  /** The object changed or the journal lost its bytes: what was fetched counts for nothing. */
  | { type: "refetched" }
  /** The browser is told to save this URL now. */
  | { type: "handing"; url: string }
  | { type: "handed"; downloadId: number }
  /** `counted`: it used up one of the tries. */
  | { type: "blocked"; error: WireError; counted: boolean }
  | { type: "resumed" }
  /** The background began anew. */
  | { type: "recovered" }
  | { type: "paused" }
  | { type: "unpaused" }
  | { type: "moved"; rank: number }
  | { type: "gave-up"; error: WireError }
  | { type: "cancelled" }
  | { type: "retried"; ifExists?: IfExists | undefined };

const finalStates: readonly TransferState[] = ["done", "failed", "cancelled"];

export function hasEnded(record: TransferRecord): boolean {
  return finalStates.includes(record.state);
}

/** The record after the event; the very same object when the event means nothing in its state. */
export function transition(record: TransferRecord, event: TransferEvent): TransferRecord {
  const { state, direction, unsure } = record;
  if (hasEnded(record)) {
    if (event.type !== "retried" || state === "done") return record;
    const ifExists = event.ifExists ?? record.ifExists;
    return { ...record, state: "staged", ifExists, attempts: 0, renames: 0, error: null };
  }
  switch (event.type) {
    case "digested":
      return state === "staged" && direction === "upload" ? { ...record, crc32: event.crc32 } : record;
    case "sending":
      // Without a checksum nothing could be proved, and while unsure a second PUT could make a second version.
      if (state !== "staged" || direction !== "upload" || record.crc32 === null || unsure) return record;
      return { ...record, state: "sending" };
    case "proved":
      return state === "sending" || state === "saving" || (state === "staged" && unsure)
        ? { ...record, state: "done", unsure: false, saving: null, error: null }
        : record;
    case "answered":
      return state === "sending" ? { ...record, state: "staged", unsure: event.unsure } : record;
    case "absent":
      return state === "staged" && unsure ? { ...record, unsure: false } : record;
    case "renamed": {
      if (direction !== "upload" || state !== "staged") return record;
      const { path, name } = event;
      return { ...record, state: "staged", unsure: false, path, name, renames: record.renames + 1 };
    }
    case "fetching":
      // From `saving`: the browser lost what it was given, for example when it was killed.
      return direction === "download" && (state === "staged" || state === "saving")
        ? { ...record, state: "fetching", saving: null }
        : record;
    case "handed": {
      if (state !== "fetching") return record;
      const { downloadId, url, size } = event;
      return { ...record, state: "saving", saving: { downloadId, url }, size };
    }
    case "blocked":
      return {
        ...record,
        state: "waiting",
        attempts: record.attempts + (event.counted ? 1 : 0),
        unsure: stillUnsure(record),
        saving: null,
        error: event.error,
      };
    case "resumed":
      return state === "waiting" ? { ...record, state: "staged" } : record;
    case "recovered":
      if (state === "sending") return { ...record, state: "staged", unsure: true };
      return state === "fetching" ? { ...record, state: "staged" } : record;
    case "gave-up":
      return { ...record, state: "failed", unsure: stillUnsure(record), saving: null, error: event.error };
    case "cancelled":
      return { ...record, state: "cancelled", unsure: stillUnsure(record), saving: null, error: null };
    case "retried":
      return record;
  }
}

/** A PUT that was under way when something came between may have been carried out. */
function stillUnsure({ state, unsure }: TransferRecord): boolean {
  return state === "sending" || unsure;
}
