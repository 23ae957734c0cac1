import {
  GetObjectCommand,
  type GetObjectCommandInput,
  PutObjectCommand,
  type PutObjectCommandInput,
} from "@aws-sdk/client-s3";
import { HoldallError } from "../../shared/holdall-error.ts";
import { urlOf, type WireRequest } from "../fetch-handler.ts";
import { existingKey, objectKey } from "../keys.ts";
import { mapAwsError } from "../map-error.ts";
import { contextOf, type ObjectStore } from "./object-store.ts";

/** A request signed in its headers: the URL holds no secret, the headers hold the session token and a signature for 15 minutes. */
export interface SignedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
}

export interface SignPutInput {
  path: string;
  /** Bytes. */
  size: number;
  contentType: string;
  /** CRC-32 in base64 of the four big-endian bytes: S3 refuses a body that does not match. */
  crc32: string | null;
  /** Only when there is no object of that name: `If-None-Match: *`. */
  ifNoneMatch: boolean;
  /** Becomes `x-amz-meta-…`. */
  metadata?: Record<string, string>;
}

/** S3 User Guide, "Uploading objects": a single PUT carries at most 5 GiB. */
const largestPut = 5 * 1024 ** 3;

/**
 * A PutObject for somebody else to send. The body is not hashed (`UNSIGNED-PAYLOAD`): the signed CRC-32 stands for it.
 * @throws HoldallError `name-*`, `file-too-large`, and what the credential source throws
 */
export async function signPut(store: ObjectStore, input: SignPutInput): Promise<SignedRequest> {
  const { bucket } = store.profile;
  if (input.size > largestPut) throw new HoldallError("file-too-large", { subs: [String(input.size)] });
  const command: PutObjectCommandInput = {
    Bucket: bucket.name,
    Key: objectKey(store.identity, input.path),
    ContentType: input.contentType || "application/octet-stream",
    ContentLength: input.size,
    ...(input.crc32 !== null && bucket.checksum === "crc32" && { ChecksumCRC32: input.crc32 }),
    ...(input.ifNoneMatch && { IfNoneMatch: "*" }),
    ...(input.metadata !== undefined && { Metadata: input.metadata }),
  };
  return sign(store, new PutObjectCommand(command), contextOf(store, "PutObject", input.path));
}

/**
 * A GetObject for somebody else to send.
 * @param input.range as in HTTP, for example `bytes=0-1023`
 * @throws HoldallError `name-*`, and what the credential source throws
 */
export async function signGet(
  store: ObjectStore,
  input: { path: string; etag?: string | null; range?: string },
): Promise<SignedRequest> {
  const { bucket } = store.profile;
  const command: GetObjectCommandInput = {
    Bucket: bucket.name,
    Key: existingKey(store.identity, input.path),
    ...(bucket.checksum === "crc32" && { ChecksumMode: "ENABLED" }),
    ...(input.etag ? { IfMatch: input.etag } : {}),
    ...(input.range !== undefined && { Range: input.range }),
  };
  return sign(store, new GetObjectCommand(command), contextOf(store, "GetObject", input.path));
}

/** Headers that only serve the SDK's own sending and statistics. */
const notForS3 = ["amz-sdk-invocation-id", "amz-sdk-request", "x-amz-user-agent", "user-agent", "expect"];

function stripped(unsignedPayload: boolean) {
  return <Args extends { request: unknown }, Answer>(next: (args: Args) => Promise<Answer>) =>
    (args: Args): Promise<Answer> => {
      const { headers } = args.request as WireRequest;
      for (const name of notForS3) delete headers[name];
      if (unsignedPayload) headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD";
      return next(args);
    };
}

/**
 * Lets the SDK do all it does for a request but send it: the endpoint's rules (partitions, dots in bucket names, path
 * style), the encoding of the key, the correction of a wrong clock and the signature are then the same in every request.
 */
async function sign(
  store: ObjectStore,
  request: PutObjectCommand | GetObjectCommand,
  context: ReturnType<typeof contextOf>,
): Promise<SignedRequest> {
  let signed: WireRequest | null = null;
  const unsignedPayload = request instanceof PutObjectCommand;
  // One of the two stands for both: nothing below looks at inputs or outputs.
  const command = request as GetObjectCommand;
  const { middlewareStack } = command;
  middlewareStack.addRelativeTo(stripped(unsignedPayload), {
    name: "holdallStrip",
    relation: "before",
    toMiddleware: "httpSigningMiddleware",
  });
  middlewareStack.add(
    () => async (args) => {
      signed = args.request as WireRequest;
      return { response: undefined, output: { $metadata: {} } };
    },
    // Before the answer's parser, which then never runs, and neither does the request handler.
    { name: "holdallTakeSigned", step: "deserialize", priority: "high" },
  );
  try {
    await store.client().send(command);
  } catch (error) {
    throw mapAwsError(error, context);
  }
  return requestOf(signed);
}

function requestOf(signed: WireRequest | null): SignedRequest {
  if (signed === null) throw new HoldallError("internal", { subs: ["the request was not signed"] });
  // Both are signed, and the browser's to send: it takes them from the URL and the body.
  const { host: _, "content-length": __, ...headers } = signed.headers;
  return { method: signed.method, url: urlOf(signed), headers };
}
