import type { S3Context } from "../context.ts";
import { noSuchUpload } from "../s3-error.ts";
import type { Upload } from "../store/records.ts";

/** The upload under way that the request names. @throws AwsError `NoSuchUpload`, also when it is for another key */
export function findUpload({ store }: S3Context, query: URLSearchParams, key: string): Upload {
  const uploadId = query.get("uploadId") ?? "";
  const upload = store.uploads.get(uploadId);
  if (upload === undefined || upload.key !== key) throw noSuchUpload(uploadId);
  return upload;
}
