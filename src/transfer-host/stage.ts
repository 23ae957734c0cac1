/** Copies what the person chose into the journal. */
import { type ByteRange, type Digest, HostFailure, type UploadBytes, type Watch } from "../transfers/host-link.ts";
import { inlineSize } from "../transfers/journal.ts";
import { planUpload, rangesOf } from "../transfers/plan.ts";
import { digestOf, digestOfBuffer } from "./digest.ts";
import { hostFailure, orFail, throwIfCancelled } from "./failure.ts";
import { sameBytes } from "./same-bytes.ts";
import { cut, heldSource, type Stock, stagedSegment } from "./upload-bytes.ts";

export interface StageInput {
  transferId: string;
  index: number;
  range: ByteRange;
  last: boolean;
}

/** @param reread whether to read the source once more at its end, because the browser does not notice that it changed */
export async function stage(
  stock: Stock,
  { transferId, index, range, last }: StageInput,
  { signal }: Watch,
  reread: boolean,
): Promise<{ digest: Digest | null }> {
  throwIfCancelled(signal);
  const source = heldSource(stock, transferId);
  const bytes = cut(source, range.start, range.end);
  const digest = await copy(stock, transferId, index, bytes);
  throwIfCancelled(signal);
  if (last) {
    if (reread && index > 0 && !(await isAsStaged(stock, transferId, source, { range, index }, signal))) {
      throw new HostFailure("source");
    }
    stock.sources.delete(transferId);
  }
  return { digest };
}

async function copy(stock: Stock, transferId: string, index: number, bytes: Blob): Promise<Digest | null> {
  if (bytes.size > inlineSize) {
    try {
      // The browser copies it file to file; nothing of it comes into this process.
      await stock.journal.putSegment(transferId, index, bytes);
    } catch (cause) {
      throw hostFailure(cause, "source");
    }
    return null;
  }
  const buffer = await orFail(bytes.arrayBuffer(), "source");
  if (buffer.byteLength !== bytes.size) throw new HostFailure("source");
  await orFail(stock.journal.putSegment(transferId, index, buffer), "source");
  return digestOfBuffer(buffer);
}

/** Segments that were copied one after the other from a file that changed meanwhile are a file that never was. */
async function isAsStaged(
  stock: Stock,
  transferId: string,
  source: Blob,
  last: { range: ByteRange; index: number },
  signal: AbortSignal,
): Promise<boolean> {
  const upload = { transferId, segmentSize: last.range.start / last.index, live: false };
  return await matches(stock, { bytes: upload, size: last.range.end }, { signal }, source);
}

/** Whether the source begins with what was copied, or (live) with the parts that were read from it before. */
export async function matches(
  stock: Stock,
  { bytes, size }: { bytes: UploadBytes; size: number },
  { signal }: Watch,
  source = heldSource(stock, bytes.transferId),
): Promise<boolean> {
  if (source.size < size) return false;
  const same = bytes.live
    ? hasParts(stock, bytes.transferId, source, signal)
    : hasSegments(stock, bytes, source.slice(0, size), signal);
  return await orFail(same, "source", signal);
}

async function hasSegments(stock: Stock, upload: UploadBytes, source: Blob, signal: AbortSignal): Promise<boolean> {
  for (const [index, { start, end }] of rangesOf(source.size, upload.segmentSize).entries()) {
    const staged = await stagedSegment(stock.journal, upload.transferId, index);
    if (!(await sameBytes(cut(staged, 0, end - start), source.slice(start, end), signal))) return false;
  }
  return true;
}

async function hasParts(stock: Stock, transferId: string, source: Blob, signal: AbortSignal): Promise<boolean> {
  const { partSize } = planUpload(source.size);
  for (const [number, { size, crc32 }] of await stock.journal.parts(transferId)) {
    const start = (number - 1) * partSize;
    const now = await digestOf(source.slice(start, start + size), { signal });
    if (now.size !== size || now.crc32 !== crc32) return false;
  }
  return true;
}
