import type { Operation } from "../context.ts";
import { createId } from "../context.ts";
import { readObjectAttributes } from "../requests/object-attributes.ts";
import { receiveBody } from "../requests/receive-body.ts";
import { checkWriteConditions, readWriteConditions } from "../requests/write-conditions.ts";
import type { Checksum, ObjectVersion } from "../store/records.ts";
import { checksumHeaders } from "./object-headers.ts";

/** PutObject: the bytes go to disk first; the conditions are judged when they are all there, under the key's lock. */
export const putObject: Operation = async (context, request, key) => {
  const { store } = context;
  const conditions = readWriteConditions(store, request, key);
  const attributes = readObjectAttributes(request);
  const body = await receiveBody(store.files, request);
  const checksum: Checksum | null =
    body.algorithm === null || body.checksum === null
      ? null
      : { algorithm: body.algorithm, type: "FULL_OBJECT", value: body.checksum.toString("base64") };
  const version: ObjectVersion = {
    kind: "object",
    key,
    versionId: createId(),
    modified: context.now(),
    size: body.size,
    etag: body.md5.toString("hex"),
    segments: body.segments,
    ...attributes,
    checksum,
    parts: null,
    uploadId: null,
  };
  try {
    await store.keyLocks.run(key, async () => {
      checkWriteConditions(store, key, conditions);
      await store.commit({ op: "version", version });
    });
  } catch (error) {
    await store.files.discard(body.segments);
    throw error;
  }
  const headers = {
    etag: `"${version.etag}"`,
    "x-amz-version-id": version.versionId,
    ...version.encryption,
    ...checksumHeaders(checksum),
  };
  return { status: 200, headers, body: null };
};
