import type { ErrorCode } from "../shared/error-codes.ts";

/** What was attempted: fills the blanks of an error's text where AWS's answer does not. */
export interface ErrorContext {
  service: "sts" | "s3" | "dynamodb";
  /** IAM action, for example `s3:PutObject`. */
  action?: string;
  /** ARN or, failing that, bucket or table and key. */
  resource?: string;
  /** The file's path, when the request was about one file. */
  name?: string;
  /** The endpoint's host. */
  host?: string;
  /** The profile's region. */
  region?: string;
  bucket?: string;
  table?: { name: string; partitionKey: string; sortKey: string };
  issuer?: string;
  roleArn?: string;
}

/** The code of Holdall's for a failure, and its substitutions. */
export interface Meaning {
  code: ErrorCode;
  subs?: string[];
}
