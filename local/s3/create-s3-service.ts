import { AwsError, type AwsRequest, type Service } from "../service.ts";
import { authorizationsOf } from "./authorize.ts";
import type { S3Context } from "./context.ts";
import { authorizationsOfBatch } from "./operations/delete-objects.ts";
import { operationOf } from "./operations/operation.ts";
import { OPERATIONS } from "./operations/operations.ts";
import { hostIdOf, renderError } from "./render-error.ts";
import { parseTarget } from "./requests/target.ts";
import { ObjectStore } from "./store/object-store.ts";
import type { Upload } from "./store/records.ts";

export interface S3Options {
  /** Created when missing. One service at a time may use it. */
  dataDir: string;
  accountId: string;
  /** The one bucket that exists; it is versioned. */
  bucket: string;
  region: string;
  /** Of every part but the last, in bytes. AWS's 5 MiB unless a test wants many small parts. */
  minimumPartSize?: number;
  /** Bodies up to so many bytes share files; 0 gives each its own. */
  smallSize?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** A multipart upload that was neither completed nor aborted. */
export interface OpenUpload {
  key: string;
  uploadId: string;
  /** How many, and their bytes. */
  parts: number;
  bytes: number;
  /** Milliseconds since 1970. */
  initiated: number;
  /**
   * Whether the answer to CreateMultipartUpload was handed to the network whole: of an upload that nobody was told of, no
   * client can know. Null of one that was begun before the last start.
   */
  answered: boolean | null;
}

export interface S3Service extends Service {
  /** What a client still has to complete or to abort. */
  openUploads(): OpenUpload[];
}

const MINIMUM_PART_SIZE = 5 * 1024 ** 2;
const SMALL_SIZE = 64 * 1024;

/**
 * S3 on the local disk: one versioned bucket, path-style, with the answers and errors of AWS.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
export async function createS3Service(options: S3Options): Promise<S3Service> {
  const store = await ObjectStore.open(options.dataDir, options.smallSize ?? SMALL_SIZE);
  const context: S3Context = {
    store,
    bucket: options.bucket,
    region: options.region,
    accountId: options.accountId,
    minimumPartSize: options.minimumPartSize ?? MINIMUM_PART_SIZE,
    now: options.now ?? Date.now,
  };
  return {
    name: "s3",
    operation: operationOf,
    authorize: async (request) =>
      operationOf(request) === "DeleteObjects"
        ? authorizationsOfBatch(context, request)
        : authorizationsOf(context, request),
    handle: (request) => handle(context, request),
    renderError,
    close: () => store.close(),
    openUploads: () => [...store.uploads.values()].map(describeUpload),
  };
}

function describeUpload({ key, uploadId, parts, initiated, answered }: Upload): OpenUpload {
  const bytes = [...parts.values()].reduce((sum, part) => sum + part.size, 0);
  return { key, uploadId, parts: parts.size, bytes, initiated, answered };
}

async function handle(context: S3Context, request: AwsRequest) {
  const { bucket, key } = parseTarget(request.rawPath);
  if (bucket !== null && bucket !== context.bucket) {
    throw new AwsError("NoSuchBucket", 404, "The specified bucket does not exist", { BucketName: bucket });
  }
  const operation = operationOf(request);
  const run = Object.hasOwn(OPERATIONS, operation) ? OPERATIONS[operation] : undefined;
  if (run === undefined) {
    throw operation === "Unknown"
      ? new AwsError("MethodNotAllowed", 405, "The specified method is not allowed against this resource.")
      : new AwsError("NotImplemented", 501, `The local S3 does not carry out ${operation}.`);
  }
  const answer = await run(context, request, key ?? "");
  const ids = { "x-amz-request-id": request.requestId, "x-amz-id-2": hostIdOf(request.requestId) };
  return { ...answer, headers: { ...ids, ...answer.headers } };
}
