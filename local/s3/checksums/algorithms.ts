import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { Crc32c } from "./crc32c.ts";
import { Crc64Nvme } from "./crc64-nvme.ts";

export type ChecksumAlgorithm = "CRC32" | "CRC32C" | "CRC64NVME" | "SHA1" | "SHA256";
export type ChecksumType = "FULL_OBJECT" | "COMPOSITE";

export const CHECKSUM_ALGORITHMS: readonly ChecksumAlgorithm[] = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"];

/** A checksum under way. `digest` is called once, at the end. */
export interface Hasher {
  update(bytes: Uint8Array): void;
  digest(): Buffer;
}

/** Starts a checksum of one of S3's algorithms, or the MD5 of ETag and Content-MD5. */
export function createHasher(algorithm: ChecksumAlgorithm | "MD5"): Hasher {
  switch (algorithm) {
    case "CRC32":
      return new Crc32();
    case "CRC32C":
      return new Crc32c();
    case "CRC64NVME":
      return new Crc64Nvme();
    default: {
      const hash = createHash(algorithm.toLowerCase());
      return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
    }
  }
}

/** Length of the raw checksum in bytes. */
export function digestLength(algorithm: ChecksumAlgorithm): number {
  return { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 }[algorithm];
}

/** `x-amz-checksum-crc32` and its like. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** The types that S3 takes for a multipart upload, the default first (S3 User Guide, "Checking object integrity"). */
export function multipartTypes(algorithm: ChecksumAlgorithm): readonly ChecksumType[] {
  switch (algorithm) {
    case "CRC64NVME":
      return ["FULL_OBJECT"];
    case "SHA1":
    case "SHA256":
      return ["COMPOSITE"];
    default:
      return ["COMPOSITE", "FULL_OBJECT"];
  }
}

/** The algorithm that a header or element names, in any case; undefined when S3 does not know it. */
export function parseAlgorithm(name: string): ChecksumAlgorithm | undefined {
  return CHECKSUM_ALGORITHMS.find((algorithm) => algorithm === name.toUpperCase());
}

class Crc32 implements Hasher {
  #value = 0;

  update(bytes: Uint8Array): void {
    this.#value = crc32(bytes, this.#value);
  }

  digest(): Buffer {
    const result = Buffer.alloc(4);
    result.writeUInt32BE(this.#value >>> 0);
    return result;
  }
}
