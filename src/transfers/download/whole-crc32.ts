import { bytesOfBase64 } from "../../shared/base64.ts";
import { crc32Combine } from "../../shared/crc32-combine.ts";
import type { Digest } from "../host/host-link.ts";

/** The CRC-32 of consecutive pieces together, as an unsigned number; 0 for none. */
export function wholeCrc32(digests: Iterable<Digest>): number {
  let whole = 0;
  for (const { size, crc32 } of digests) whole = crc32Combine(whole, crc32Value(crc32), size);
  return whole;
}

/** The number that S3 writes as base64 of four big-endian bytes. */
function crc32Value(text: string): number {
  return new DataView(bytesOfBase64(text).buffer).getUint32(0);
}
