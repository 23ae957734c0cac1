import type { FileHandle } from "node:fs/promises";
import type { Readable } from "node:stream";
import { AwsError, type AwsRequest } from "../../service.ts";
import { type ChecksumAlgorithm, createHasher } from "../checksums/algorithms.ts";
import { type BodyChecks, readBodyChecks, readContentMd5, verifyBody } from "../checksums/body-checks.ts";
import type { DataFiles } from "../store/data-files.ts";
import type { Segment } from "../store/records.ts";
import { header } from "./headers.ts";

/** The largest body of one request: 5 GiB. */
export const MAX_BODY_SIZE = 5 * 1024 ** 3;
/** Fewer, larger writes: one hop to the thread pool costs as much as hashing 20 KB. */
const WRITE_SIZE = 1 << 20;

export interface ReceivedBody {
  size: number;
  md5: Buffer;
  /** Raw digest of `algorithm`; null when none was wanted. */
  checksum: Buffer | null;
  algorithm: ChecksumAlgorithm | null;
  /** Held by nobody yet: commit them or `files.discard` them. */
  segments: Segment[];
}

/**
 * Streams the body into a data file while hashing it, and checks it against what the request says about it.
 *
 * @param algorithm the checksum to compute when the request names none
 * @throws AwsError `BadDigest`, `EntityTooLarge`, `IncompleteBody`, `MissingContentLength` and what the gateway throws while the body is read;
 *   nothing stays on disk then
 */
export async function receiveBody(
  files: DataFiles,
  request: AwsRequest,
  algorithm: ChecksumAlgorithm | null = null,
): Promise<ReceivedBody> {
  const checks = readBodyChecks(request);
  const announced = announcedSize(request);
  const used = checks.algorithm ?? algorithm;
  const hash = createHasher("MD5");
  const hasher = used === null ? null : createHasher(used);
  const segments: Segment[] = [];
  try {
    const size = await writeToFile(files, request.body, segments, (chunk) => {
      hash.update(chunk);
      hasher?.update(chunk);
    });
    if (size !== announced) throw incompleteBody();
    const received = { size, md5: hash.digest(), checksum: hasher?.digest() ?? null, algorithm: used, segments };
    verifyBody(request, checks, received);
    return received;
  } catch (error) {
    await files.discard(segments);
    throw error;
  }
}

/**
 * Reads a small body, such as an XML document, and checks it in the same way.
 *
 * @param limit in bytes
 * @param checksumIsOfObject true where `x-amz-checksum-…` describes an object, not this body (CompleteMultipartUpload)
 * @throws AwsError `MaxMessageLengthExceeded`, `BadDigest` and what the gateway throws
 */
export async function readSmallBody(
  request: AwsRequest,
  limit: number,
  checksumIsOfObject = false,
): Promise<{ text: string; checks: BodyChecks }> {
  const checks = checksumIsOfObject
    ? { md5: readContentMd5(request), algorithm: null, value: null }
    : readBodyChecks(request);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) throw new AwsError("MaxMessageLengthExceeded", 400, "Your request was too big.");
    chunks.push(chunk);
  }
  const body = Buffer.concat(chunks);
  const md5 = createHasher("MD5");
  md5.update(body);
  const hasher = checks.algorithm === null ? null : createHasher(checks.algorithm);
  hasher?.update(body);
  verifyBody(request, checks, { md5: md5.digest(), checksum: hasher?.digest() ?? null });
  return { text: body.toString("utf8"), checks };
}

/** S3 takes no body whose length is not known before it begins. */
function announcedSize(request: AwsRequest): number {
  const text = header(request, "x-amz-decoded-content-length") ?? header(request, "content-length");
  if (text === undefined || !/^\d{1,15}$/.test(text)) {
    throw new AwsError("MissingContentLength", 411, "You must provide the Content-Length HTTP header.");
  }
  const size = Number(text);
  if (size <= MAX_BODY_SIZE) return size;
  const details = { ProposedSize: text, MaxSizeAllowed: String(MAX_BODY_SIZE) };
  throw new AwsError("EntityTooLarge", 400, "Your proposed upload exceeds the maximum allowed size", details);
}

/** Hashing goes on while the write before is under way; an empty body makes no file. */
async function writeToFile(
  files: DataFiles,
  body: Readable,
  segments: Segment[],
  see: (chunk: Buffer) => void,
): Promise<number> {
  let handle: FileHandle | null = null;
  let waiting: Buffer[] = [];
  let waitingSize = 0;
  let size = 0;
  let writing: Promise<void> = Promise.resolve();
  const open = async () => {
    const created = await files.create();
    segments.push({ file: created.file, start: 0, size: 0 });
    return created.handle;
  };
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      see(chunk);
      waiting.push(chunk);
      waitingSize += chunk.length;
      size += chunk.length;
      if (waitingSize < WRITE_SIZE) continue;
      handle ??= await open();
      await writing;
      writing = writeAll(handle, waiting, waitingSize);
      // Its failure is met at the next `await writing`; until then it must not count as unhandled.
      writing.catch(() => {});
      waiting = [];
      waitingSize = 0;
    }
    await writing;
    if (handle === null && size > 0 && size <= files.smallSize) {
      segments.push(files.pack(waiting, size));
    } else if (waitingSize > 0) {
      handle ??= await open();
      await writeAll(handle, waiting, waitingSize);
    }
  } finally {
    await writing.catch(() => {});
    await handle?.close();
  }
  for (const segment of segments) segment.size = size;
  return size;
}

async function writeAll(handle: FileHandle, chunks: Buffer[], size: number): Promise<void> {
  const { bytesWritten } = await handle.writev(chunks);
  if (bytesWritten !== size)
    throw new Error(`Only ${bytesWritten} of ${size} bytes could be written: is the disk full?`);
}

function incompleteBody(): AwsError {
  const message = "You did not provide the number of bytes specified by the Content-Length HTTP header";
  return new AwsError("IncompleteBody", 400, message);
}
