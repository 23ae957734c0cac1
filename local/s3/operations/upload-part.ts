import { checksumHeader } from "../checksums/algorithms.ts";
import { readBodyChecks } from "../checksums/body-checks.ts";
import type { Operation, S3Context } from "../context.ts";
import { partNumberParameter } from "../requests/integer-parameter.ts";
import { receiveBody } from "../requests/receive-body.ts";
import { invalidRequest, noSuchUpload } from "../s3-error.ts";
import type { Part, Upload } from "../store/records.ts";
import { findUpload } from "./find-upload.ts";

/** UploadPart: a part of the same number is replaced. */
export const uploadPart: Operation = async (context, request, key) => {
  const number = partNumberParameter(request.query);
  const upload = findUpload(context, request.query, key);
  const planned = upload.checksum?.algorithm ?? null;
  const { algorithm } = readBodyChecks(request);
  if (algorithm !== null && algorithm !== planned) {
    const [expected, actual] = [planned ?? "null", algorithm].map((name) => name.toLowerCase());
    const message = `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`;
    throw invalidRequest(message);
  }
  const { files } = context.store;
  const body = await receiveBody(files, request, planned);
  const part: Part = {
    number,
    size: body.size,
    etag: body.md5.toString("hex"),
    modified: context.now(),
    segments: body.segments,
    checksum: body.checksum?.toString("base64") ?? null,
  };
  try {
    await commitPart(context, upload, part);
  } catch (error) {
    await files.discard(body.segments);
    throw error;
  }
  const headers: Record<string, string> = { etag: `"${part.etag}"`, ...upload.encryption };
  if (planned !== null && part.checksum !== null) headers[checksumHeader(planned)] = part.checksum;
  return { status: 200, headers, body: null };
};

/** @throws AwsError `NoSuchUpload` when the upload was completed or aborted while the bytes came in. */
export async function commitPart({ store }: S3Context, { uploadId }: Upload, part: Part): Promise<void> {
  await store.uploadLocks.run(uploadId, async () => {
    if (!store.uploads.has(uploadId)) throw noSuchUpload(uploadId);
    await store.commit({ op: "part", uploadId, part });
  });
}
