/** The host of fetch-world.ts: answers GETs from the folder, met by faults, and composes what it wrote. */
import { crc32, crc32Base64 } from "../../../src/shared/crc32.ts";
import { HostFailure, type HostLink, type SignedRequest } from "../../../src/transfers/host/host-link.ts";
import type { FetchWorld, Step } from "./fetch-world.ts";

/** What a GET meets. `short`: half of the body comes. `spoiled`: a byte is another one. `ignores-range`: a 200 with all. */
export type GetFault =
  | "network"
  | "stalled"
  | "host-lost"
  | "short"
  | "spoiled"
  | "wrong-range"
  | "ignores-range"
  | { status: number; code: string };

interface Answered {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer> | null;
  code?: string;
}

function answerGet(world: FetchWorld, request: SignedRequest, fault: GetFault | null): Answered {
  const path = decodeURIComponent(new URL(request.url).pathname.slice(1));
  const range = request.headers.range ?? null;
  if (typeof fault === "object" && fault !== null) return { ...fault, headers: {}, body: null };
  const found = world.objects.get(path);
  if (found === undefined) return { status: 404, headers: {}, body: null, code: "NoSuchKey" };
  const { bytes, etag, contentEncoding, decoded } = found;
  const wanted = request.headers["if-match"];
  if (wanted !== undefined && wanted !== etag)
    return { status: 412, headers: {}, body: null, code: "PreconditionFailed" };
  const headers = { etag, ...(contentEncoding && { "content-encoding": contentEncoding }) };
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
  if (first === undefined || last === undefined || fault === "ignores-range") {
    const sum = found.crc32 === null ? {} : { "x-amz-checksum-crc32": found.crc32 };
    const length = { "content-length": String(bytes.length) };
    return { status: 200, headers: { ...headers, ...length, ...sum }, body: decoded ?? bytes };
  }
  if (Number(first) >= bytes.length) return { status: 416, headers: {}, body: null, code: "InvalidRange" };
  if (contentEncoding !== undefined) throw new HostFailure("network", { cause: "part of an encoded body" });
  const body = bytes.slice(Number(first), Number(last) + 1);
  const start = fault === "wrong-range" ? Number(first) + 1 : Number(first);
  const described = `bytes ${start}-${Number(first) + body.length - 1}/${bytes.length}`;
  return {
    status: 206,
    headers: { ...headers, "content-range": described, "content-length": String(body.length) },
    body,
  };
}

function spoil(body: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = body.slice();
  copy[0] = (copy[0] ?? 0) ^ 1;
  return copy;
}

export function hostOf(world: FetchWorld, step: Step): Partial<HostLink> {
  let going = 0;
  return {
    fetch: async ({ index, request }, { signal, progress }) => {
      const path = decodeURIComponent(new URL(request.url).pathname.slice(1));
      const range = request.headers.range ?? null;
      world.requests.push(`GET ${path}${range === null ? "" : ` ${range.slice(6)}`}`);
      const fault = world.fault({ path, range });
      if (fault === "network" || fault === "stalled" || fault === "host-lost") {
        await step(() => undefined);
        throw new HostFailure(fault);
      }
      going += 1;
      world.peak = Math.max(world.peak, going);
      try {
        return await step(() => {
          const { status, headers, body, code } = answerGet(world, request, fault);
          if (body === null) {
            const bodyText = `<Error><Code>${code}</Code><Message>m</Message></Error>`;
            return { answer: { status, headers, bodyText }, fetched: null };
          }
          const short = fault === "short" ? body.slice(0, body.length / 2) : body;
          const bytes = fault === "spoiled" ? spoil(short) : short;
          const length = headers["content-length"];
          progress?.(bytes.length, length === undefined ? null : Number(length));
          if (signal.aborted) throw new HostFailure("cancelled");
          const fetched = { size: bytes.length, crc32: crc32Base64(crc32(bytes)) };
          world.segments.set(index, bytes);
          world.parts.set(index, fetched);
          world.answered();
          return { answer: { status, headers, bodyText: "" }, fetched };
        });
      } finally {
        going -= 1;
      }
    },
    compose: (_id, pieces) =>
      step(() => {
        const found = pieces.map((piece) => ("bytes" in piece ? piece.bytes : world.segments.get(piece.segment)));
        if (found.includes(undefined)) throw new HostFailure("source");
        const bytes = Buffer.concat(found as Uint8Array[]);
        const url = `blob:${++world.urlCount}`;
        world.urls.set(url, bytes);
        return { url, size: bytes.length };
      }),
    release: (url) => void world.urls.delete(url),
  };
}
