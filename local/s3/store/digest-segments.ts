import { type ChecksumAlgorithm, createHasher } from "../checksums/algorithms.ts";
import type { DataFiles } from "./data-files.ts";
import type { Segment } from "./records.ts";

/**
 * Reads stored bytes for their MD5 and, when `algorithm` is given, their checksum.
 *
 * @returns the MD5 in hexadecimal, the checksum in base64
 */
export async function digestSegments(
  files: DataFiles,
  segments: readonly Segment[],
  algorithm: ChecksumAlgorithm | null,
): Promise<{ md5: string; checksum: string | null }> {
  const size = segments.reduce((sum, segment) => sum + segment.size, 0);
  const md5 = createHasher("MD5");
  const hasher = algorithm === null ? null : createHasher(algorithm);
  for await (const chunk of files.read(segments, 0, size - 1) as AsyncIterable<Buffer>) {
    md5.update(chunk);
    hasher?.update(chunk);
  }
  return { md5: md5.digest().toString("hex"), checksum: hasher?.digest().toString("base64") ?? null };
}
