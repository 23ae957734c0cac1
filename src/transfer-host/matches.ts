/** Is a source what it was when its bytes were copied or sent? */

import { crc32, crc32Base64 } from "../shared/crc32.ts";
import type { Digest, UploadBytes, Watch } from "../transfers/host/host-link.ts";
import { planUpload, rangesOf } from "../transfers/upload/plan.ts";
import { digestOf } from "./digest.ts";
import { orFail } from "./failure.ts";
import { readOnce } from "./read-stream.ts";
import { cut, heldSource, type Stock, stagedSegment } from "./upload-bytes.ts";

/** Whether the held source begins with what was copied, or (live) with the parts that were read from it before. */
export async function matches(
  stock: Stock,
  { bytes, size }: { bytes: UploadBytes; size: number },
  { signal }: Watch,
): Promise<boolean> {
  const source = heldSource(stock, bytes.transferId);
  if (source.size < size) return false;
  const same = bytes.live
    ? hasParts(stock, bytes.transferId, source, signal)
    : hasSegments(stock, bytes, source.size === size ? source : source.slice(0, size), signal);
  return await orFail(same, "source", signal);
}

async function hasSegments(stock: Stock, upload: UploadBytes, source: Blob, signal: AbortSignal): Promise<boolean> {
  const { transferId, segmentSize } = upload;
  const pieces: { index: number; start: number; size: number; known: Digest | undefined }[] = [];
  for (const [index, { start, end }] of rangesOf(source.size, segmentSize).entries()) {
    for (let at = start; at < end; ) {
      const sum = stock.sums.get(transferId, at);
      const known = sum !== undefined && sum.size > 0 && at + sum.size <= end ? sum : undefined;
      const size = known?.size ?? end - at;
      pieces.push({ index, start: at - start, size, known });
      at += size;
    }
  }
  const sizes = pieces.map(({ size }) => size);
  const sums = await sumsOf(source, sizes, signal);
  for (const [at, { index, start, size, known }] of pieces.entries()) {
    const there = known ?? (await digestOf(await staged(stock, transferId, index, start, start + size), { signal }));
    const sum = sums[at];
    if (sum === undefined || !sameSum(sum, there)) return false;
  }
  return sums.length === sizes.length;
}

/**
 * The digests of consecutive pieces, and one more when the source goes on: in Firefox, which tells its size as it was when it
 * was picked, only reading all of it shows that it has grown.
 */
async function sumsOf(source: Blob, sizes: number[], signal: AbortSignal): Promise<Digest[]> {
  const sums = sizes.map((size) => ({ size: 0, left: size, sum: 0 }));
  let at = 0;
  await readOnce(source, signal, (chunk) => {
    for (let from = 0; from < chunk.length; ) {
      while (sums[at]?.left === 0) at += 1;
      sums[at] ??= { size: 0, left: Number.POSITIVE_INFINITY, sum: 0 };
      const piece = sums[at];
      if (piece === undefined) return;
      const taken = chunk.subarray(from, from + Math.min(piece.left, chunk.length - from));
      piece.sum = crc32(taken, piece.sum);
      piece.size += taken.length;
      piece.left -= taken.length;
      from += taken.length;
    }
  });
  return sums.map(({ size, sum }) => ({ size, crc32: crc32Base64(sum) }));
}

async function staged({ journal }: Stock, id: string, index: number, start: number, end: number): Promise<Blob> {
  return cut(await stagedSegment(journal, id, index), start, end);
}

async function hasParts(stock: Stock, transferId: string, source: Blob, signal: AbortSignal): Promise<boolean> {
  const { partSize } = planUpload(source.size);
  for (const [number, digest] of await stock.journal.parts(transferId)) {
    const start = (number - 1) * partSize;
    if (!sameSum(await digestOf(source.slice(start, start + digest.size), { signal }), digest)) return false;
  }
  return true;
}

function sameSum(a: Digest, b: Digest): boolean {
  return a.size === b.size && a.crc32 === b.crc32;
}
