/** One bucket with conditions, checksums and multipart uploads, in memory, and what can go wrong on the way to it. */
import { mapS3Response } from "../../../src/aws/map-error.ts";
import { crc32, crc32Base64 } from "../../../src/shared/crc32.ts";
import { HoldallError } from "../../../src/shared/holdall-error.ts";
import { type HostAnswer, HostFailure, type SignedRequest } from "../../../src/transfers/host/host-link.ts";
import type { StoredPart, TransferStore } from "../../../src/transfers/transfers.ts";

/**
 * What a request meets. `cut-after`: carried out, but the answer is lost. `broken-200`: carried out or not, the answer is a 200
 * whose body is an error (completions, copies; else a 500). `portal`: a page with status 200. `spoiled`: other bytes arrive.
 * `gone`: the upload was ended by somebody else.
 */
export type Fault =
  | "cut-before"
  | "cut-after"
  | "stalled"
  | "host-lost"
  | "broken-200"
  | "portal"
  | "spoiled"
  | "gone"
  | { status: number; code: string; carriedOut?: boolean };

interface Stored {
  bytes: Uint8Array;
  etag: string;
  crc32: string | null;
  metadata: Record<string, string>;
}

interface Part extends StoredPart {
  bytes: Uint8Array;
}

interface Open {
  key: string;
  metadata: Record<string, string>;
  parts: Map<number, Part>;
}

export function createS3() {
  return {
    objects: new Map<string, Stored>(),
    uploads: new Map<string, Open>(),
    /** Keys of which a version was made, in order; operations and what they were about. */
    ...{ made: [] as string[], requests: [] as string[] },
    /** Met one by one by requests of the host; of those that carry parts, completions and so on alike. */
    faults: [] as Fault[],
    /** The same for the background's own HEAD and ListParts. */
    lookFaults: [] as HoldallError["code"][],
    /** Uploads whose id was never told: nobody can abort them. */
    orphans: new Set<string>(),
    /** Does it know CRC-32? */
    checksums: true,
    /** Does it repeat checksums in answers to uploads? */
    echoes: true,
    copies: true,
    /** Bytes of bodies that arrived. */
    received: 0,
    ids: 0,
  };
}

export type S3 = ReturnType<typeof createS3>;

const sumOf = (bytes: Uint8Array) => crc32Base64(crc32(bytes));
const etagOf = (bytes: Uint8Array) => `"${sumOf(bytes)}${bytes.length}"`;
const xmlOf = (text: string) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

const page = (bodyText: string): HostAnswer => ({ status: 200, headers: {}, bodyText });

function refusal(status: number, code: string): HostAnswer {
  return { status, headers: {}, bodyText: `<Error><Code>${code}</Code><Message>m</Message></Error>` };
}

function metadataIn(headers: Record<string, string>): Record<string, string> {
  const prefix = "x-amz-meta-";
  const entries = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(entries.map(([name, value]) => [name.slice(prefix.length), value]));
}

function make(s3: S3, key: string, bytes: Uint8Array, metadata: Record<string, string>): Stored {
  const made = { bytes, etag: etagOf(bytes), crc32: s3.checksums ? sumOf(bytes) : null, metadata };
  s3.objects.set(key, made);
  s3.made.push(key);
  return made;
}

/** As S3 would. */
function carryOut(s3: S3, request: SignedRequest, body: Uint8Array): HostAnswer {
  const url = new URL(request.url);
  const key = decodeURIComponent(url.pathname.slice(1));
  const uploadId = url.searchParams.get("uploadId");
  const partNumber = Number(url.searchParams.get("partNumber"));
  const { headers } = request;
  const taken = headers["if-none-match"] === "*" && s3.objects.has(key);
  const signed = headers["x-amz-checksum-crc32"];
  s3.received += body.length;
  if (url.searchParams.has("uploads")) {
    const id = `upload ${++s3.ids}`;
    s3.uploads.set(id, { key, metadata: metadataIn(headers), parts: new Map() });
    return page(`<R><UploadId>${id}</UploadId></R>`);
  }
  if (uploadId !== null) {
    const open = s3.uploads.get(uploadId);
    if (open === undefined) return refusal(404, "NoSuchUpload");
    if (request.method === "DELETE") {
      s3.uploads.delete(uploadId);
      return { status: 204, headers: {}, bodyText: "" };
    }
    if (request.method === "POST") return complete(s3, uploadId, open, request, taken);
    if (signed !== undefined && signed !== sumOf(body)) return refusal(400, "BadDigest");
    const sum = s3.checksums ? sumOf(body) : null;
    const part = { partNumber, size: body.length, etag: etagOf(body), crc32: sum, bytes: body };
    open.parts.set(partNumber, part);
    return stored(s3, part);
  }
  if (taken) return refusal(412, "PreconditionFailed");
  const from = headers["x-copy-from"];
  if (from !== undefined) {
    if (!s3.copies) return refusal(501, "NotImplemented");
    const source = s3.objects.get(from);
    if (source === undefined) return refusal(404, "NoSuchKey");
    if (source.etag !== headers["x-copy-if-match"]) return refusal(412, "PreconditionFailed");
    const made = make(s3, key, source.bytes, metadataIn(headers));
    return page(`<CopyObjectResult><ETag>${xmlOf(made.etag)}</ETag></CopyObjectResult>`);
  }
  if (signed !== undefined && signed !== sumOf(body)) return refusal(400, "BadDigest");
  return stored(s3, make(s3, key, body, metadataIn(headers)));
}

function stored(s3: S3, { etag, crc32: sum }: { etag: string; crc32: string | null }): HostAnswer {
  const echo: Record<string, string> = sum !== null && s3.echoes ? { "x-amz-checksum-crc32": sum } : {};
  return { status: 200, headers: { etag, ...echo }, bodyText: "" };
}

function complete(s3: S3, id: string, open: Open, request: SignedRequest, taken: boolean): HostAnswer {
  const wanted = JSON.parse(request.body ?? "[]") as StoredPart[];
  const found = wanted.map(({ partNumber }) => open.parts.get(partNumber));
  for (const [index, part] of wanted.entries()) {
    const there = found[index];
    const equal = there?.etag === part.etag && (!s3.checksums || part.crc32 === null || there.crc32 === part.crc32);
    if (there === undefined || !equal) return refusal(400, "InvalidPart");
  }
  const bytes = new Uint8Array(found.flatMap((part) => [...(part?.bytes ?? [])]));
  if (String(bytes.length) !== request.headers["x-amz-mp-object-size"]) return refusal(400, "InvalidRequest");
  const signed = request.headers["x-amz-checksum-crc32"];
  if (signed !== undefined && signed !== sumOf(bytes)) return refusal(400, "BadDigest");
  if (taken) return refusal(412, "PreconditionFailed");
  const made = make(s3, open.key, bytes, open.metadata);
  s3.uploads.delete(id);
  const sum = made.crc32 !== null && s3.echoes ? `<ChecksumCRC32>${made.crc32}</ChecksumCRC32>` : "";
  return page(`<CompleteMultipartUploadResult><ETag>${xmlOf(made.etag)}</ETag>${sum}</CompleteMultipartUploadResult>`);
}

/** A request of the host, which may meet a fault. */
export function meet(s3: S3, request: SignedRequest, body = new Uint8Array()): HostAnswer {
  const url = new URL(request.url);
  const key = decodeURIComponent(url.pathname.slice(1));
  s3.requests.push(`${request.headers["x-operation"]} ${url.searchParams.get("partNumber") ?? key}`);
  const fault = s3.faults.shift();
  const lostId = (answer: HostAnswer) => {
    const id = /<UploadId>(.*)<\/UploadId>/.exec(answer.bodyText)?.[1];
    if (id !== undefined) s3.orphans.add(id);
  };
  switch (fault) {
    case undefined:
      return carryOut(s3, request, body);
    case "cut-before":
      throw new HostFailure("network");
    case "stalled":
      throw new HostFailure("stalled");
    case "host-lost":
      throw new HostFailure("host-lost");
    case "cut-after":
      lostId(carryOut(s3, request, body));
      throw new HostFailure("network");
    case "broken-200":
      return refusal(request.method === "PUT" && body.length > 0 ? 500 : 200, "InternalError");
    case "portal":
      return { status: 200, headers: { "content-type": "text/html" }, bodyText: "<html>Agree to our terms</html>" };
    case "spoiled": {
      // Only a checksum finds this out.
      const spoilt = s3.checksums && body.length > 0 ? new Uint8Array(body).map((byte) => byte ^ 1) : body;
      return carryOut(s3, request, spoilt);
    }
    case "gone":
      s3.uploads.delete(url.searchParams.get("uploadId") ?? "");
      return carryOut(s3, request, body);
    default:
      if (fault.carriedOut) lostId(carryOut(s3, request, body));
      return refusal(fault.status, fault.code);
  }
}

/** @param identity prefix of all keys */
export function memoryStore(s3: S3, identity: string): TransferStore {
  const keyOf = (path: string) => `${identity}/${path}`;
  const urlOf = (path: string, query = "") => `https://bucket.test/${encodeURIComponent(keyOf(path))}${query}`;
  const meta = (metadata: Record<string, string> = {}) =>
    Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value]));
  const sum = (value: string | null): Record<string, string> =>
    value === null || !s3.checksums ? {} : { "x-amz-checksum-crc32": value };
  const free = (ifNoneMatch: boolean): Record<string, string> => (ifNoneMatch ? { "if-none-match": "*" } : {});
  const of = (uploadId: string) => `?uploadId=${encodeURIComponent(uploadId)}`;
  const look = () => {
    const code = s3.lookFaults.shift();
    if (code !== undefined) throw new HoldallError(code);
  };
  const signed = (operation: string, method: string, url: string, headers: Record<string, string>, body?: string) => ({
    ...{ method, url, headers: { "x-operation": operation, ...headers } },
    ...(body !== undefined && { body }),
  });
  return {
    checksums: s3.checksums,
    signPut: async ({ path, crc32: value, ifNoneMatch, metadata }) =>
      signed("PUT", "PUT", urlOf(path), { ...sum(value), ...free(ifNoneMatch), ...meta(metadata) }),
    signGet: async ({ path }) => signed("GET", "GET", urlOf(path), {}),
    signCreateUpload: async ({ path, metadata }) => signed("CREATE", "POST", urlOf(path, "?uploads"), meta(metadata)),
    signUploadPart: async ({ path, uploadId, partNumber, crc32: value }) =>
      signed("PART", "PUT", urlOf(path, `${of(uploadId)}&partNumber=${partNumber}`), sum(value)),
    signCompleteUpload: async ({ path, uploadId, parts, size, crc32: value, ifNoneMatch }) => {
      const headers = { ...sum(value), ...free(ifNoneMatch), "x-amz-mp-object-size": String(size) };
      return signed("COMPLETE", "POST", urlOf(path, of(uploadId)), headers, JSON.stringify(parts));
    },
    signAbortUpload: async ({ path, uploadId }) => signed("ABORT", "DELETE", urlOf(path, of(uploadId)), {}),
    signCopy: async ({ from, etag, path, ifNoneMatch, metadata }) =>
      signed("COPY", "PUT", urlOf(path), {
        ...{ "x-copy-from": keyOf(from), "x-copy-if-match": etag },
        ...{ ...free(ifNoneMatch), ...meta(metadata) },
      }),
    listParts: async ({ uploadId }) => {
      s3.requests.push(`LIST ${uploadId}`);
      look();
      const open = s3.uploads.get(uploadId);
      if (open === undefined) throw new HoldallError("upload-missing");
      const parts = [...open.parts.values()].map(({ bytes: _, ...part }) => part);
      return parts.sort((a, b) => a.partNumber - b.partNumber);
    },
    head: async (path) => {
      s3.requests.push(`HEAD ${keyOf(path)}`);
      look();
      const found = s3.objects.get(keyOf(path));
      if (found === undefined) throw new HoldallError("file-missing", { subs: [path] });
      return { size: found.bytes.length, etag: found.etag, crc32: found.crc32, metadata: found.metadata };
    },
    explain: ({ status, headers, bodyText }, { action, path }) =>
      mapS3Response(status, headers, bodyText, { action: `s3:${action}`, name: path, host: "bucket.test" }),
  };
}
