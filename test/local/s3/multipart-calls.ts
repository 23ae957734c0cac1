import { readDocument } from "./read-list.ts";
import type { Answer, S3World } from "./s3-world.ts";

export interface SentPart {
  number: number;
  etag: string;
  /** For example `<ChecksumCRC32>…</ChecksumCRC32>`. */
  checksum?: string;
}

/** Begins an upload and gives its id. */
export async function begin(world: S3World, key: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await world.call({ method: "POST", key, query: { uploads: "" }, headers });
  if (answer.status !== 200) throw new Error(answer.text);
  return readDocument(answer.text).UploadId ?? "";
}

export function sendPart(
  world: S3World,
  {
    key,
    uploadId,
    number,
    body,
    headers = {},
  }: { key: string; uploadId: string; number: number; body: string | Uint8Array; headers?: Record<string, string> },
): Promise<Answer> {
  return world.call({ method: "PUT", key, query: { uploadId, partNumber: String(number) }, body, headers });
}

/** Sends all of `bodies` as parts 1, 2, …. */
export async function sendParts(
  world: S3World,
  key: string,
  uploadId: string,
  bodies: readonly (string | Uint8Array)[],
): Promise<SentPart[]> {
  const sent: SentPart[] = [];
  for (const [i, body] of bodies.entries()) {
    const answer = await sendPart(world, { key, uploadId, number: i + 1, body });
    if (answer.status !== 200) throw new Error(answer.text);
    sent.push({ number: i + 1, etag: answer.headers.etag ?? "" });
  }
  return sent;
}

export function complete(
  world: S3World,
  {
    key,
    uploadId,
    parts,
    headers = {},
  }: { key: string; uploadId: string; parts: readonly SentPart[]; headers?: Record<string, string> },
): Promise<Answer> {
  const list = parts.map(
    ({ number, etag, checksum = "" }) =>
      `<Part><ETag>${etag.replaceAll('"', "&quot;")}</ETag>${checksum}<PartNumber>${number}</PartNumber></Part>`,
  );
  const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${list.join("")}</CompleteMultipartUpload>`;
  return world.call({ method: "POST", key, query: { uploadId }, body, headers });
}
