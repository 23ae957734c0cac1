import { AwsError } from "../../service.ts";

/** Bucket and key of a path-style request; null where the path names none. */
export interface Target {
  bucket: string | null;
  key: string | null;
}

const MAX_KEY_BYTES = 1024;

/**
 * Reads the path as S3 does: split at the second slash, decode once, normalise nothing. `/b//a` is the key `/a`.
 *
 * @throws AwsError `InvalidURI` when the path is not percent-encoded UTF-8, `KeyTooLongError` above 1,024 bytes
 */
export function parseTarget(rawPath: string): Target {
  const raw = splitPath(rawPath);
  const key = raw.key === null ? null : decode(raw.key);
  if (key !== null) checkKeyLength(key);
  return { bucket: raw.bucket === null ? null : decode(raw.bucket), key };
}

/** The same, still percent-encoded; never fails. */
export function splitPath(rawPath: string): Target {
  const path = rawPath.slice(1);
  const slash = path.indexOf("/");
  const bucket = slash === -1 ? path : path.slice(0, slash);
  const key = slash === -1 ? "" : path.slice(slash + 1);
  return { bucket: bucket || null, key: key || null };
}

/** @throws AwsError `KeyTooLongError` */
export function checkKeyLength(key: string): void {
  const size = Buffer.byteLength(key);
  if (size <= MAX_KEY_BYTES) return;
  const details = { Size: String(size), MaxSizeAllowed: String(MAX_KEY_BYTES) };
  throw new AwsError("KeyTooLongError", 400, "Your key is too long", details);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new AwsError("InvalidURI", 400, "Couldn't parse the specified URI.", { URI: part });
  }
}
