/** Is a source what it was when its bytes were copied or sent? */
import type { Digest, UploadBytes, Watch } from "../transfers/host-link.ts";
import { planUpload, rangesOf } from "../transfers/plan.ts";
import { digestOf } from "./digest.ts";
import { orFail } from "./failure.ts";
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
    : hasSegments(stock, bytes, source.slice(0, size), signal);
  return await orFail(same, "source", signal);
}

async function hasSegments(stock: Stock, upload: UploadBytes, source: Blob, signal: AbortSignal): Promise<boolean> {
  const { transferId, segmentSize } = upload;
  for (const [index, { start, end }] of rangesOf(source.size, segmentSize).entries()) {
    for (let at = start; at < end; ) {
      const known = stock.sums.get(transferId, at);
      const isKnown = known !== undefined && known.size > 0 && at + known.size <= end;
      const next = isKnown ? at + known.size : end;
      const there = isKnown
        ? known
        : await digestOf(await staged(stock, transferId, index, at - start, end - start), { signal });
      if (!sameSum(await digestOf(source.slice(at, next), { signal }), there)) return false;
      at = next;
    }
  }
  return true;
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
