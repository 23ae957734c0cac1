/** Files that are handed to the browser, made of the journal's bytes without holding them in memory. */
import type { Piece } from "../transfers/host/host-link.ts";
import type { Journal } from "../transfers/journal/journal.ts";
import { orFail, throwIfCancelled } from "./failure.ts";
import { largestInline } from "./fetch-segment.ts";
import { stagedSegment } from "./upload-bytes.ts";

/** Bytes of small pieces that are written back as one segment: those of 10,000 small files would be gigabytes of memory. */
const foldSize = 16 * 1024 ** 2;
/** Fewer bytes between two large segments are not worth a write, until so many of them are in memory. */
const worthFolding = 256 * 1024;
const mostInMemory = 16 * 1024 ** 2;
/** Segments that are looked up at once. */
const lookups = 32;

/**
 * One Blob of all pieces. What is folded is kept in the journal as segments −1, −2 …, until the transfer's bytes are dropped.
 * @throws HostFailure `source` when a segment is missing, `full`, `cancelled`
 */
export async function compose(
  journal: Pick<Journal, "segment" | "putSegment">,
  transferId: string,
  pieces: Piece[],
  signal: AbortSignal,
): Promise<Blob> {
  const parts: Blob[] = [];
  let small: Blob[] = [];
  let size = 0;
  let inMemory = 0;
  let folds = 0;

  async function fold(): Promise<void> {
    if (size === 0) return;
    const run = new Blob(small);
    small = [];
    size = 0;
    if (run.size < worthFolding && inMemory + run.size <= mostInMemory) {
      inMemory += run.size;
      parts.push(run);
      return;
    }
    folds += 1;
    await orFail(journal.putSegment(transferId, -folds, run), "host-lost", signal);
    parts.push(await stagedSegment(journal, transferId, -folds));
  }

  for (let at = 0; at < pieces.length; at += lookups) {
    throwIfCancelled(signal);
    for (const blob of await Promise.all(
      pieces.slice(at, at + lookups).map((piece) => find(journal, transferId, piece)),
    )) {
      if (blob.size > largestInline) {
        await fold();
        parts.push(blob);
      } else {
        small.push(blob);
        size += blob.size;
        if (size >= foldSize) await fold();
      }
    }
  }
  await fold();
  throwIfCancelled(signal);
  // Typed as plain bytes: a `blob:` URL of text/html would be a page of the extension.
  return new Blob(parts, { type: "application/octet-stream" });
}

async function find(journal: Pick<Journal, "segment" | "putSegment">, transferId: string, piece: Piece): Promise<Blob> {
  return "bytes" in piece ? new Blob([piece.bytes]) : await stagedSegment(journal, transferId, piece.segment);
}
