// @ts-check
/** Uppy with its uploader for S3, which signs in the page. It sends the parts of one file one after the other. */
import AwsS3 from "@uppy/aws-s3";
import { Uppy } from "@uppy/core";

/**
 * @param {import("./storage-target.d.ts").StorageTarget} target
 * @param {File} file
 * @param {string} key
 * @param {import("./storage-target.d.ts").Cut} cut
 */
export async function upload({ credentials, region, endpoint, bucket }, file, key, { partSize, atOnce }) {
  const uppy = new Uppy();
  uppy.use(AwsS3, {
    s3Endpoint: `${endpoint}/${bucket}`,
    region,
    // It adds the region and the bucket to what it asks for.
    getCredentials: async () => ({ credentials: { ...credentials, expiration: inAnHour() }, region, bucket }),
    generateObjectKey: () => key,
    shouldUseMultipart: true,
    getChunkSize: () => partSize,
    limit: atOnce,
  });
  uppy.addFile({ name: file.name, type: file.type, data: file });
  const { failed = [] } = (await uppy.upload()) ?? {};
  uppy.destroy();
  const [first] = failed;
  if (first) throw new Error(`Uppy: ${first.error}`);
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
