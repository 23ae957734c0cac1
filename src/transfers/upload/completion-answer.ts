import type { HostAnswer } from "../host/host-link.ts";

export interface Completion {
  /** With its quotes; null when the answer does not say that there is an object now. */
  etag: string | null;
  /** CRC-32 of the object in base64; null when it is not told. */
  sum: string | null;
}

/**
 * What the answer to a CompleteMultipartUpload or a CopyObject says. Its status is sent before S3 knows how it ends, so a 200
 * may carry an error.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
export function completionOf({ status, bodyText }: HostAnswer): Completion {
  const done = status === 200 && /<(?:CompleteMultipartUpload|CopyObject)Result[\s>]/.test(bodyText);
  // Broken off, it may still have gone wrong.
  const whole = done && /<\/(?:CompleteMultipartUpload|CopyObject)Result>\s*$/.test(bodyText);
  if (!whole) return { etag: null, sum: null };
  return { etag: element(bodyText, "ETag"), sum: element(bodyText, "ChecksumCRC32") };
}

function element(xml: string, name: string): string | null {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  if (text === undefined || text === "") return null;
  return text
    .replaceAll(/&(?:quot|#34|#x22);/g, '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
