/** How an upload is cut: a pure function of its size. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
import type { ByteRange } from "../host/host-link.ts";

const MiB = 1024 ** 2;

/** Bytes up to which one PUT carries the whole. */
export const largestSinglePut = 8 * MiB;
const smallestPart = 8 * MiB;
const mostParts = 10_000;
/** Bytes: S3's largest object, 48.8 TiB as 10,000 parts of 5 GiB. */
export const largestObject = mostParts * 5 * 1024 * MiB;
/** Bytes of a segment, at least: so much is copied into the journal before the first part of it goes out. */
const segmentSpan = 64 * MiB;

export interface Plan {
  /** Bytes of every part but the last; 0: one PUT. */
  partSize: number;
  /** Bytes of every segment but the last, a multiple of the part size. */
  segmentSize: number;
}

/** @param size bytes, at most `largestObject` */
export function planUpload(size: number): Plan {
  if (size <= largestSinglePut) return { partSize: 0, segmentSize: largestSinglePut };
  const partSize = Math.max(smallestPart, Math.ceil(size / mostParts / MiB) * MiB);
  return { partSize, segmentSize: partSize * Math.max(1, Math.floor(segmentSpan / partSize)) };
}

/** The ranges of `size` bytes in steps of `step`; none for 0 bytes. */
export function rangesOf(size: number, step: number): ByteRange[] {
  const ranges: ByteRange[] = [];
  for (let start = 0; start < size; start += step) ranges.push({ start, end: Math.min(size, start + step) });
  return ranges;
}
