import type { Operation } from "../context.ts";
import { findUpload } from "./find-upload.ts";

/** AbortMultipartUpload: the parts and their bytes go. */
export const abortMultipartUpload: Operation = async (context, { query }, key) => {
  const { store } = context;
  const { uploadId } = findUpload(context, query, key);
  await store.uploadLocks.run(uploadId, async () => {
    findUpload(context, query, key);
    await store.commit({ op: "abort", uploadId });
  });
  return { status: 204, headers: {}, body: null };
};
