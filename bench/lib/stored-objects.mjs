// @ts-check
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

/** @typedef {ReturnType<typeof storedObjects>} StoredObjects */

/**
 * What the driver does in the person's folder, beside the browser: it signs for the bare requests, and clears up.
 *
 * @param {import("../peers/storage-target.d.ts").StorageTarget} target
 * @param {string} folder ends with a slash
 */
export function storedObjects({ bucket: Bucket, ...target }, folder) {
  const client = new S3Client({ ...target, forcePathStyle: true, requestChecksumCalculation: "WHEN_REQUIRED" });
  const key = (/** @type {string} */ path) => folder + path;
  const valid = { expiresIn: 3600 };
  return {
    /** A multipart upload with a URL for each part. @param {string} path @param {number} parts */
    async openUpload(path, parts) {
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: key(path) }));
      const numbers = Array.from({ length: parts }, (_, index) => index + 1);
      const urls = await Promise.all(
        numbers.map((PartNumber) =>
          getSignedUrl(client, new UploadPartCommand({ Bucket, Key: key(path), UploadId, PartNumber }), valid),
        ),
      );
      const abort = async () => {
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key: key(path), UploadId }));
      };
      return { urls, abort };
    },
    /** @param {string} path */
    signPut: (path) => getSignedUrl(client, new PutObjectCommand({ Bucket, Key: key(path) }), valid),
    /** @param {string} path */
    signGet: (path) => getSignedUrl(client, new GetObjectCommand({ Bucket, Key: key(path) }), valid),
    /** @param {string} path @param {Buffer} Body */
    put: async (path, Body) => {
      await client.send(new PutObjectCommand({ Bucket, Key: key(path), Body }));
    },
    /** Removes every version below a path, so that no disk fills up. @param {string} prefix */
    async clear(prefix) {
      for (let rounds = 0; rounds < 100; rounds += 1) {
        const listed = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: key(prefix) }));
        const Objects = [...(listed.Versions ?? []), ...(listed.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
          Key,
          VersionId,
        }));
        if (Objects.length === 0) return;
        await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
      }
    },
    close: () => client.destroy(),
  };
}
