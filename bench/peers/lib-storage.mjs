// @ts-check
/** The AWS SDK's own upload in parts. */
import { S3Client } from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

/**
 * @param {import("./storage-target.d.ts").StorageTarget} target
 * @param {File} file
 * @param {string} key
 * @param {import("./storage-target.d.ts").Cut} cut
 */
export async function upload({ credentials, region, endpoint, bucket }, file, key, { partSize, atOnce }) {
  const client = new S3Client({ credentials, region, endpoint, forcePathStyle: true });
  const params = { Bucket: bucket, Key: key, Body: file };
  await new Upload({ client, params, partSize, queueSize: atOnce }).done();
  client.destroy();
}
