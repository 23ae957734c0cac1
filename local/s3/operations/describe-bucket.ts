import type { Operation } from "../context.ts";
import { answerXml } from "../xml/answer-xml.ts";

/** HeadBucket: it is there, and in this region. */
export const headBucket: Operation = async ({ region }) => ({
  status: 200,
  headers: { "x-amz-bucket-region": region, "x-amz-access-point-alias": "false" },
  body: null,
});

/** GetBucketLocation: the first region of S3 has an empty name. */
export const getBucketLocation: Operation = async ({ region }) =>
  answerXml("LocationConstraint", region === "us-east-1" ? "" : region);

/** GetBucketVersioning: the bucket is versioned from its beginning, so no version is called `null`. */
export const getBucketVersioning: Operation = async () => answerXml("VersioningConfiguration", { Status: "Enabled" });
