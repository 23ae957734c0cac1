import { AwsError, type AwsRequest } from "../../service.ts";
import { invalidArgument } from "../s3-error.ts";
import { header } from "./headers.ts";

export interface CopySource {
  bucket: string;
  key: string;
  versionId: string | null;
}

/**
 * Reads `x-amz-copy-source`: `[/]bucket/key[?versionId=id]`, percent-encoded; as in a form, `+` is a space.
 *
 * @throws AwsError `InvalidArgument`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export function parseCopySource(request: AwsRequest): CopySource {
  const text = header(request, "x-amz-copy-source") ?? "";
  const [, path = "", versionId = null] = /^(.*?)(?:\?versionId=([^?]*))?$/s.exec(text) ?? [];
  const decoded = decode(path, text).replace(/^\//, "");
  const slash = decoded.indexOf("/");
  const bucket = decoded.slice(0, Math.max(slash, 0));
  const key = decoded.slice(slash + 1);
  if (bucket === "" || key === "") {
    throw invalidArgument(
      "Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
      "x-amz-copy-source",
      text,
    );
  }
  return { bucket, key, versionId: versionId === null ? null : decode(versionId, text) };
}

/** The source of a copy from another bucket, which the local S3 does not have. @throws AwsError `NoSuchBucket` */
export function checkSourceBucket(source: CopySource, bucket: string): void {
  if (source.bucket === bucket) return;
  throw new AwsError("NoSuchBucket", 404, "The specified bucket does not exist", { BucketName: source.bucket });
}

function decode(part: string, whole: string): string {
  try {
    return decodeURIComponent(part.replaceAll("+", " "));
  } catch {
    throw invalidArgument("Invalid copy source encoding.", "x-amz-copy-source", whole);
  }
}
