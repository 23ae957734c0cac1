import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createS3Service, type S3Options } from "../../../local/s3/create-s3-service.ts";
import { AwsError, type AwsRequest, type AwsResponse, type Service } from "../../../local/service.ts";

export const BUCKET = "holdall-test";
const ACCOUNT = "123456789012";

export interface Call {
  method?: string;
  /** Encoded into the path as the SDK does; null for the bucket itself. */
  key?: string | null;
  bucket?: string;
  /** In place of bucket and key, exactly as sent. */
  rawPath?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: string | Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  trailers?: Record<string, string>;
  permits?: AwsRequest["permits"];
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
  text: string;
  /** The AWS error code; null when the call succeeded. */
  error: string | null;
}

/** A service on a folder of its own. */
export interface S3World {
  service: Service;
  dataDir: string;
  /** Judges nothing: handles the request and renders its errors, like the gateway after IAM said yes. */
  call(call: Call): Promise<Answer>;
  /** Closes the service and opens another one on the same folder. */
  restart(): Promise<void>;
  end(): Promise<void>;
}

export async function createS3World(options: Partial<S3Options> = {}): Promise<S3World> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "holdall-s3-")));
  const open = () =>
    createS3Service({ accountId: ACCOUNT, bucket: BUCKET, region: "eu-central-1", ...options, dataDir });
  const world: S3World = {
    service: await open(),
    dataDir,
    call: (call) => send(world.service, call),
    restart: async () => {
      await world.service.close();
      world.service = await open();
    },
    end: async () => {
      await world.service.close();
      await rm(dataDir, { recursive: true });
    },
  };
  return world;
}

export function createRequest(call: Call): AwsRequest {
  const bucket = call.bucket ?? BUCKET;
  const key =
    call.key === undefined || call.key === null ? "" : `/${encodeURIComponent(call.key).replaceAll("%2F", "/")}`;
  const plain = typeof call.body === "string" || call.body instanceof Uint8Array ? Buffer.from(call.body) : null;
  const length: Record<string, string> =
    call.body === undefined || plain !== null ? { "content-length": String(plain?.length ?? 0) } : {};
  const request: AwsRequest = {
    requestId: randomUUID(),
    method: call.method ?? "GET",
    rawPath: call.rawPath ?? `/${bucket}${key}`,
    query: new URLSearchParams(call.query),
    headers: { ...length, ...call.headers },
    body: Readable.from(plain === null ? ((call.body as Iterable<Uint8Array>) ?? []) : [plain], { objectMode: false }),
    trailers: call.trailers ?? {},
    caller: { identity: "local|alice-7f3a", roleArn: `arn:aws:iam::${ACCOUNT}:role/holdall`, accountId: ACCOUNT },
  };
  if (call.permits !== undefined) request.permits = call.permits;
  return request;
}

async function send(service: Service, call: Call): Promise<Answer> {
  const request = createRequest(call);
  try {
    return await read(await service.handle(request), null);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return read(service.renderError(error, request), error.code);
  }
}

async function read(response: AwsResponse, error: string | null): Promise<Answer> {
  const { body } = response;
  const chunks: Buffer[] = [];
  if (typeof body === "string" || Buffer.isBuffer(body)) chunks.push(Buffer.from(body));
  else if (body !== null) for await (const chunk of body) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString("utf8"), error };
}
