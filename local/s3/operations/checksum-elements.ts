import type { ChecksumAlgorithm } from "../checksums/algorithms.ts";
import type { Checksum } from "../store/records.ts";
import type { XmlElements } from "../xml/write-xml.ts";

/** `ChecksumCRC32` and its like: how S3's documents name a checksum. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`;
}

/** A checksum with its type as elements; none without a checksum. */
export function checksumElements(checksum: Checksum | null): XmlElements {
  if (checksum === null) return {};
  return { [checksumElement(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type };
}
