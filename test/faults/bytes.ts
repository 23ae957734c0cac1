import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** What tells a file from every other: its bytes follow from both. */
export interface Content {
  /** Bytes. */
  size: number;
  /** Above 0. */
  seed: number;
}

/**
 * The bytes of a file, made alike here and in pages (so it names nothing from outside itself): xorshift32, in which no two
 * parts of a file are alike.
 */
export function bytesOf(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const words = new Uint32Array(Math.ceil(size / 4));
  let state = seed | 0;
  for (let index = 0; index < words.length; index++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    words[index] = state;
  }
  return new Uint8Array(words.buffer, 0, size);
}

export interface Sums {
  /** Hex. */
  sha256: string;
  /** As S3 writes it: base64 of four big-endian bytes. */
  crc32: string;
}

export function sumsOf(bytes: Uint8Array): Sums {
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(bytes));
  return { sha256: createHash("sha256").update(bytes).digest("hex"), crc32: crc.toString("base64") };
}

const known = new Map<string, Sums>();

/** Sums of bytes that follow from a seed, computed once. */
export function expectedSums({ size, seed }: Content): Sums {
  const key = `${size} ${seed}`;
  const sums = known.get(key) ?? sumsOf(bytesOf(size, seed));
  known.set(key, sums);
  return sums;
}
