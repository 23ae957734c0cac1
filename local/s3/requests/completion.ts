import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm } from "../checksums/algorithms.ts";
import { checksumElement } from "../operations/checksum-elements.ts";
import { malformedXml } from "../s3-error.ts";
import { elementsOf, parseXml, textOf } from "../xml/parse-xml.ts";

/** One `<Part>` of a CompleteMultipartUpload document. */
export interface NamedPart {
  number: number;
  /** Without quotes. */
  etag: string;
  checksum: { algorithm: ChecksumAlgorithm; value: string } | null;
}

/** Reads the list of parts to complete. @throws AwsError `MalformedXML` */
export function parseCompletion(text: string): NamedPart[] {
  const parts = elementsOf(parseXml(text, "CompleteMultipartUpload", ["Part"]), "Part").map((part) => {
    const number = textOf(part, "PartNumber")?.trim() ?? "";
    const etag = textOf(part, "ETag")?.trim();
    if (!/^\d{1,9}$/.test(number) || etag === undefined) throw malformedXml();
    const algorithm = CHECKSUM_ALGORITHMS.find((name) => textOf(part, checksumElement(name)) !== undefined);
    const value = algorithm === undefined ? undefined : textOf(part, checksumElement(algorithm));
    return {
      number: Number(number),
      etag: etag.replace(/^"(.*)"$/, "$1"),
      checksum: algorithm === undefined || value === undefined ? null : { algorithm, value: value.trim() },
    };
  });
  if (parts.length === 0 || parts.length > 10_000) throw malformedXml();
  return parts;
}
