/**
 * The seam between the gateway (who is asking, may they?) and a service of the local AWS (do it).
 * A service never looks at signatures; the gateway never looks at data.
 */
import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";

/** One question for IAM. All questions of a request must be answered "allowed". */
export interface Authorization {
  /** For example `s3:GetObject` or `dynamodb:Query`. */
  action: string;
  /** The full ARN. */
  resource: string;
  /** Condition keys of this request, for example `dynamodb:LeadingKeys`, `s3:prefix`. An absent key is absent in IAM too. */
  context: Record<string, string | string[]>;
}

/** A request whose signature (if it has one) was already checked. */
export interface AwsRequest {
  /** UUID that goes out as `x-amz-request-id` / `x-amzn-RequestId`. */
  requestId: string;
  method: string;
  /** The path exactly as sent: still percent-encoded, never normalised. */
  rawPath: string;
  /** Decoded query parameters, without those of a presigned signature (`X-Amz-Signature` and its like). */
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /**
   * The payload, aws-chunked framing removed. Reading it to its end fails with an AwsError (`XAmzContentSHA256Mismatch`,
   * `IncompleteBody`) when it is not what was signed: a service commits only after the stream has ended.
   */
  body: Readable;
  /** Trailers of an aws-chunked body (`x-amz-checksum-…`); filled when `body` has ended. */
  trailers: Record<string, string>;
  /** The caller, for logs and for `Owner` elements. */
  caller: { identity: string; roleArn: string; accountId: string };
  /**
   * Asks IAM one more question about this request's caller. The gateway fills it before it calls `authorize`, with the
   * same evaluation that it applies to `authorize`'s answers. S3 needs it where AWS decides while it works: each key of
   * a DeleteObjects is allowed or refused by itself, and a missing object is a 404 only for callers who may list.
   */
  permits?: (authorization: Authorization) => Promise<boolean>;
}

export interface AwsResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer | Readable | null;
  /** Called when the whole answer was handed to the network; never when it was cut. */
  delivered?: () => void;
}

export interface Service {
  readonly name: "s3" | "dynamodb";
  /** The AWS operation name (`PutObject`, `UploadPart`, `Query`): what fault switches and the request log call it. */
  operation(request: AwsRequest): string;
  /**
   * What IAM has to allow. DynamoDB must read its (small) body for this and may keep the parsed form for `handle`.
   * Throws AwsError for a request that is malformed before it can be judged.
   */
  authorize(request: AwsRequest): Promise<Authorization[]>;
  handle(request: AwsRequest): Promise<AwsResponse>;
  /** How this service writes an error on the wire. */
  renderError(error: AwsError, request: Pick<AwsRequest, "requestId" | "rawPath" | "method">): AwsResponse;
  close(): Promise<void>;
}

/** An error with AWS's own code, for example `NoSuchKey` with status 404. */
export class AwsError extends Error {
  override name = "AwsError";
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    /** Extra elements or fields of the answer, for example `{ Key: "a.txt" }`. */
    readonly details: Record<string, string> = {},
  ) {
    super(message);
  }
}
