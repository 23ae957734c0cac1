/** Whose object is it? What an upload writes into its object's metadata, and what a HEAD proves. */
import type { TransferRecord } from "../record.ts";
import type { StoredObject } from "../transfers.ts";

/** `x-amz-meta-…` with the id of the transfer. */
export const transferTag = "holdall-transfer";
/** `x-amz-meta-…` with the fingerprint of the bytes, when equal bytes are to be sent once. */
export const fingerprintTag = "holdall-sha256";

/** Metadata of the object that an upload makes. */
export function metadataOf({ id, fingerprint }: TransferRecord): Record<string, string> {
  return { [transferTag]: id, ...(fingerprint !== null && { [fingerprintTag]: fingerprint }) };
}

/**
 * Whether the stored object is this upload, whole. Without metadata (a store that drops it) size and checksum have to do:
 * that says no more than that these bytes are there, so it counts only for an upload that may have arrived.
 */
export function isOurs(stored: StoredObject, record: TransferRecord): boolean {
  if (!mayBeEqual(stored, record)) return false;
  const tag = stored.metadata?.[transferTag];
  return tag === undefined ? record.unsure && stored.crc32 !== null && stored.crc32 !== undefined : tag === record.id;
}

/** Whether size and, where the store knows it, checksum are those of the upload. */
export function mayBeEqual(stored: StoredObject, { size, crc32 }: TransferRecord): boolean {
  if (stored.size !== size) return false;
  const sum = stored.crc32 ?? null;
  return sum === null || crc32 === null || sum === crc32;
}
