/**
 * The states of a transfer, as a pure function of record and event.
 *
 *   upload    staging ── staged, made-live ──▶ queued ── started ──▶ uploading ── committing ──▶ verifying (several parts)
 *                                               ▲ ▲                   ▲   │                       │   │
 *                                               │ └──── recovered ────┼───┼───────────────────────┘   │
 *                                               │                     └───┼── absent, renamed, ───────┤
 *                                               │                         │   answered                │
 *                                               │                         └───────── proved ──────────┴──▶ done
 *   download                                    queued ── started ──▶ fetching ── handing ──▶ saving ── proved ──▶ done
 *   archive                                       ▲                   │    ▲                    │
 *                                                 └──── recovered ────┘    └── started ─────────┘
 *
 *   staging, queued, uploading, verifying, fetching, saving ── blocked ────▶ waiting ── resumed ──▶ queued or staging
 *   an upload whose source is gone before it was copied ──── source-lost ──▶ waiting ── provided ─▶ queued or staging
 *   all of these but saving ──── paused ──▶ paused ── unpaused ──▶ queued or staging
 *   all of these ── gave-up ──▶ failed, ── cancelled ──▶ cancelled; both ── retried ──▶ queued or staging
 *
 * Copying is a thing of its own: `staged` grows in every state but `done` and `cancelled`, and only `staging` waits for it.
 * `unsure` travels along from `committing` on: S3 may have the object, so it is asked (HEAD) and the answer is `proved`,
 * `renamed` or `absent`, before a second PUT goes out. `recovered` is the restart of the background: what was under way is
 * queued again. `saving` goes on in the browser without us.
 */
import type { WireError } from "../shared/result.ts";
import { type IfExists, isStaged, type TransferRecord, type TransferState } from "./record.ts";

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
  /** Something was sent or fetched since the last failure: what comes now is counted anew. */
  | { type: "progressed" }
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
/** States of a run that sends. */
const sending: readonly TransferState[] = ["uploading", "verifying"];

export function hasEnded({ state }: TransferRecord): boolean {
  return finalStates.includes(state);
}

/** The record after the event; the very same object when the event means nothing in its state. */
export function transition(record: TransferRecord, event: TransferEvent): TransferRecord {
  if (event.type === "retried") return retried(record, event.ifExists);
  if (event.type === "staged") return staged(record, event.bytes);
  if (hasEnded(record)) return record;
  return ending(record, event) ?? (record.kind === "upload" ? ofUpload(record, event) : ofDownload(record, event));
}

/** What means the same for all kinds; null when the event is none of these. */
function ending(record: TransferRecord, event: TransferEvent): TransferRecord | null {
  const { state } = record;
  switch (event.type) {
    case "gave-up":
      return { ...record, state: "failed", saving: null, error: event.error };
    case "cancelled":
      return { ...record, state: "cancelled", saving: null, error: null };
    case "blocked":
      // Paused, nothing is tried; without its file, nothing else would help.
      if (state === "paused" || needsFile(record)) return record;
      return {
        ...record,
        state: "waiting",
        attempts: record.attempts + (event.counted ? 1 : 0),
        saving: null,
        error: event.error,
      };
    case "progressed":
      return record.attempts === 0 ? record : { ...record, attempts: 0 };
    case "resumed":
      return state === "waiting" && !needsFile(record) ? ready(record) : record;
    case "paused":
      // What the browser writes to disk is out of our hands.
      return state === "paused" || state === "saving" || needsFile(record)
        ? record
        : { ...record, state: "paused", error: null };
    case "unpaused":
      return state === "paused" ? ready(record) : record;
    case "moved":
      return { ...record, rank: event.rank };
    case "recovered":
      return sending.includes(state) || state === "fetching" ? { ...record, state: "queued" } : record;
    default:
      return null;
  }
}

function ofUpload(record: TransferRecord, event: TransferEvent): TransferRecord {
  const { state, unsure } = record;
  switch (event.type) {
    case "made-live":
      if (record.live || isStaged(record)) return record;
      return { ...record, live: true, state: state === "staging" ? "queued" : state };
    case "source-lost":
      return isStaged(record) ? record : { ...record, state: "waiting", error: event.error };
    case "provided":
      return needsFile(record) ? ready(record) : record;
    case "started":
      return state === "queued" ? { ...record, state: "uploading" } : record;
    case "digested":
      return { ...record, crc32: event.crc32, fingerprint: event.fingerprint };
    case "committing":
      // Without a checksum nothing could be proved; while unsure a second PUT could make a second version, but an upload
      // of several parts is completed once, however often that is asked for.
      if (!sending.includes(state) || record.crc32 === null || (unsure && record.partSize === 0)) return record;
      return { ...record, state: record.partSize === 0 ? "uploading" : "verifying", unsure: true };
    case "answered":
      if (!sending.includes(state)) return record;
      return { ...record, state: event.unsure ? state : "uploading", unsure: event.unsure };
    case "proved": {
      if (!sending.includes(state)) return record;
      const deduplicated = event.deduplicated ?? false;
      return { ...record, state: "done", unsure: false, deduplicated, error: null };
    }
    case "absent":
      return sending.includes(state) && unsure ? { ...record, state: "uploading", unsure: false } : record;
    case "renamed": {
      if (!sending.includes(state)) return record;
      const { path, name } = event;
      return { ...record, state: "uploading", unsure: false, path, name, renames: record.renames + 1 };
    }
    default:
      return record;
  }
}

function ofDownload(record: TransferRecord, event: TransferEvent): TransferRecord {
  const { state } = record;
  switch (event.type) {
    case "started":
      // From `saving`: the browser lost what it was given, for example when it was killed.
      return state === "queued" || state === "saving" ? { ...record, state: "fetching", saving: null } : record;
    case "fetched": {
      if (state !== "fetching") return record;
      const etag = event.etag ?? record.etag;
      return { ...record, staged: Math.max(record.staged, event.bytes), size: event.size, etag };
    }
    case "refetched":
      return state === "fetching" || state === "saving"
        ? { ...record, state: "fetching", staged: 0, crc32: null, saving: null }
        : record;
    case "digested":
      return { ...record, crc32: event.crc32 };
    case "handing":
      return state === "fetching"
        ? { ...record, state: "saving", saving: { url: event.url, downloadId: null } }
        : record;
    case "handed": {
      if (state !== "saving" || record.saving === null) return record;
      return { ...record, saving: { ...record.saving, downloadId: event.downloadId } };
    }
    case "proved":
      return state === "saving" ? { ...record, state: "done", saving: null, error: null } : record;
    default:
      return record;
  }
}

function staged(record: TransferRecord, bytes: number): TransferRecord {
  const { state, kind } = record;
  // A failed upload keeps its bytes, and goes on collecting them: the person may retry it.
  if (kind !== "upload" || state === "done" || state === "cancelled" || bytes < record.staged) return record;
  const after = { ...record, staged: bytes };
  return state === "staging" ? { ...after, state: ready(after).state } : after;
}

function retried(record: TransferRecord, ifExists: IfExists | undefined): TransferRecord {
  const { state, error } = record;
  if (state !== "failed" && state !== "cancelled") return record;
  // A cancelled one has no bytes any more, and those of a source that changed are of no use.
  const gone = state === "cancelled" || error?.code === "file-unreadable";
  const anew = gone ? ({ staged: 0, live: false, crc32: null, fingerprint: null } as const) : {};
  const again = { ifExists: ifExists ?? record.ifExists, attempts: 0, renames: 0, ended: null };
  return ready({ ...record, ...anew, ...again });
}

/** In the queue as soon as the first segment is there. */
function ready(record: TransferRecord): TransferRecord {
  const { kind, live, staged, size, segmentSize } = record;
  const sendable = kind !== "upload" || live || staged >= Math.min(size, segmentSize);
  return { ...record, state: sendable ? "queued" : "staging", error: null };
}

/** It waits for the person to pick the file again, and for nothing else. */
export function needsFile({ state, error }: TransferRecord): boolean {
  return state === "waiting" && error?.code === "file-needed";
}
