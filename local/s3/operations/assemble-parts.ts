import { createHash } from "node:crypto";
import { AwsError } from "../../service.ts";
import { createHasher } from "../checksums/algorithms.ts";
import { combineCrcs } from "../checksums/combine-crcs.ts";
import type { NamedPart } from "../requests/completion.ts";
import { invalidRequest } from "../s3-error.ts";
import type { Checksum, ObjectVersion, Part, Upload } from "../store/records.ts";

/**
 * Checks the parts that a completion names against those that were uploaded.
 *
 * @returns the uploaded parts in order
 * @throws AwsError `InvalidPartOrder`, `InvalidPart`, `EntityTooSmall`, `InvalidRequest`
 */
export function selectParts(upload: Upload, named: readonly NamedPart[], minimumSize: number): Part[] {
  const outOfOrder = named.some((part, i) => i > 0 && part.number <= (named[i - 1]?.number ?? 0));
  if (outOfOrder) {
    const message =
      "The list of parts was not in ascending order. The parts list must be specified in order by part number.";
    throw new AwsError("InvalidPartOrder", 400, message, { UploadId: upload.uploadId });
  }
  const parts = named.map((wanted) => {
    const part = upload.parts.get(wanted.number);
    if (part === undefined || part.etag !== wanted.etag) throw invalidPart(upload, wanted);
    checkPartChecksum(upload, part, wanted);
    return part;
  });
  for (const part of parts.slice(0, -1)) {
    if (part.size < minimumSize) throw entityTooSmall(part, minimumSize);
  }
  return parts;
}

/** What the parts become, without touching their bytes. */
export function assemble(
  upload: Upload,
  parts: readonly Part[],
): Pick<ObjectVersion, "size" | "etag" | "segments" | "parts" | "checksum"> {
  return {
    size: parts.reduce((sum, part) => sum + part.size, 0),
    etag: multipartEtag(parts),
    segments: parts.flatMap((part) => part.segments),
    parts: parts.map(({ number, size, checksum }) => ({ number, size, checksum })),
    checksum: checksumOfParts(upload, parts),
  };
}

/** S3's ETag of a multipart object: the MD5 of the parts' MD5s, and their number. */
export function multipartEtag(parts: readonly { etag: string }[]): string {
  const hash = createHash("md5");
  for (const { etag } of parts) hash.update(etag, "hex");
  return `${hash.digest("hex")}-${parts.length}`;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
function checksumOfParts({ checksum: plan }: Upload, parts: readonly Part[]): Checksum | null {
  if (plan === null) return null;
  const pieces = parts.map(({ size, checksum }) => ({ size, checksum: checksum ?? "" }));
  if (plan.type === "FULL_OBJECT") return { ...plan, value: combineCrcs(plan.algorithm, pieces) };
  const hasher = createHasher(plan.algorithm);
  for (const { checksum } of pieces) hasher.update(Buffer.from(checksum, "base64"));
  return { ...plan, value: `${hasher.digest().toString("base64")}-${parts.length}` };
}

function checkPartChecksum(upload: Upload, part: Part, wanted: NamedPart): void {
  const { checksum: plan } = upload;
  if (wanted.checksum !== null) {
    const same = plan?.algorithm === wanted.checksum.algorithm && part.checksum === wanted.checksum.value;
    if (!same) throw invalidPart(upload, wanted);
  } else if (plan?.type === "COMPOSITE") {
    const name = plan.algorithm.toLowerCase();
    throw invalidRequest(
      `The upload was created using a ${name} checksum. The complete request must include the checksum for each part. It was missing for part ${part.number} in the request.`,
    );
  }
}

function invalidPart({ uploadId }: Upload, { number, etag }: NamedPart): AwsError {
  const message =
    "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
  return new AwsError("InvalidPart", 400, message, { UploadId: uploadId, PartNumber: String(number), ETag: etag });
}

function entityTooSmall({ number, etag, size }: Part, minimumSize: number): AwsError {
  return new AwsError("EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size", {
    ProposedSize: String(size),
    MinSizeAllowed: String(minimumSize),
    PartNumber: String(number),
    ETag: etag,
  });
}
