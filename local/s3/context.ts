import { randomBytes } from "node:crypto";
import type { AwsRequest, AwsResponse } from "../service.ts";
import { accessDenied } from "./s3-error.ts";
import type { ObjectStore } from "./store/object-store.ts";

/** What every operation works with. */
export interface S3Context {
  store: ObjectStore;
  bucket: string;
  region: string;
  accountId: string;
  /** Of every part but the last, in bytes: 5 MiB on AWS. */
  minimumPartSize: number;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** Carries out one operation. `key` is empty for operations on the bucket. */
export type Operation = (context: S3Context, request: AwsRequest, key: string) => Promise<AwsResponse>;

export function bucketArn({ bucket }: S3Context): string {
  return `arn:aws:s3:::${bucket}`;
}

/** Opaque, unguessable and fit for a URL, like S3's version and upload ids. */
export function createId(): string {
  return randomBytes(24).toString("base64url");
}

/**
 * The error for something that is not there. S3 tells only those who may list the bucket; all others see AccessDenied.
 * A policy that allows lists of one prefix does not count, as this question has no `s3:prefix`.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html "Permissions"
 */
export async function hiddenUnlessListable<Problem extends Error>(
  context: S3Context,
  request: AwsRequest,
  problem: Problem,
): Promise<Error> {
  const mayList = await request.permits?.({ action: "s3:ListBucket", resource: bucketArn(context), context: {} });
  return mayList === false ? accessDenied() : problem;
}
