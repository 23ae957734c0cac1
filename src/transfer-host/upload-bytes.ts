import { type ByteRange, HostFailure, type UploadBytes } from "../transfers/host/host-link.ts";
import type { Journal } from "../transfers/journal/journal.ts";
import { orFail } from "./failure.ts";
import type { FreshBytes } from "./fresh-bytes.ts";
import type { HeldUntil } from "./held-until.ts";
import type { KnownSums } from "./known-sums.ts";

/** What the host knows of the journal: bytes, and what became of them. */
export type HostJournal = Pick<Journal, "segment" | "putSegment" | "parts" | "noteUpload">;

export interface Stock {
  journal: HostJournal;
  /** What the person chose, by the id of its transfer. */
  sources: HeldUntil<Blob>;
  sums: KnownSums;
  fresh: FreshBytes;
}

/** The same as what a request carries. @throws HostFailure `source` */
export async function uploadBody(stock: Stock, upload: UploadBytes, range: ByteRange): Promise<Blob | ArrayBuffer> {
  const fresh = upload.live ? undefined : stock.fresh.get(upload.transferId);
  if (fresh !== undefined && range.start === 0 && range.end === fresh.byteLength) return fresh;
  return await uploadBytes(stock, upload, range);
}

/**
 * A range of an upload, which does not cross a segment. Nothing is read: it is a reference to bytes on disk.
 * @throws HostFailure `source` when they are not there
 */
export async function uploadBytes(stock: Stock, upload: UploadBytes, { start, end }: ByteRange): Promise<Blob> {
  // Of a file without bytes there is no segment.
  if (start === end) return new Blob();
  if (upload.live) return cut(heldSource(stock, upload.transferId), start, end);
  const index = Math.floor(start / upload.segmentSize);
  const first = index * upload.segmentSize;
  return cut(await stagedSegment(stock.journal, upload.transferId, index), start - first, end - first);
}

/** @throws HostFailure `source` */
export function heldSource({ sources }: Stock, transferId: string): Blob {
  const source = sources.get(transferId);
  if (source === undefined) throw new HostFailure("source");
  return source;
}

/** @throws HostFailure `source` */
export async function stagedSegment(
  journal: Pick<Journal, "segment">,
  transferId: string,
  index: number,
): Promise<Blob> {
  const segment = await orFail(journal.segment(transferId, index), "source");
  if (segment === undefined) throw new HostFailure("source");
  return segment;
}

/** @throws HostFailure `source` when the bytes end before */
export function cut(bytes: Blob, start: number, end: number): Blob {
  // The browser makes a new Blob in no time, but tells all of its processes.
  const range = start === 0 && end === bytes.size ? bytes : bytes.slice(start, end);
  if (range.size !== end - start) throw new HostFailure("source");
  return range;
}
