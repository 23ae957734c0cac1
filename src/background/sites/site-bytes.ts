/** The bytes of a site's files: sent by the transfer host, fetched by the background in pieces that the browser keeps as blobs. */
import type { Storage } from "../../aws/create-storage.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import type { Match } from "../../sites/site-storage.ts";
import { HostFailure, type HostLink } from "../../transfers/host/host-link.ts";
import { transferTag } from "../../transfers/upload/is-ours.ts";

type Files = Storage["files"];

/** Milliseconds: Chromium ends a worker whose request is not answered in 30 s. */
const patience = 25_000;
/** Bytes that come in that time even on a slow line. */
const slowPiece = 1_000_000;

/**
 * One PUT, whose signed checksum S3 compares with what arrived. When its answer is lost, S3 is asked whose object is there.
 * @throws HoldallError `file-changed`, `file-exists`, and as S3 answers
 */
export async function putFile(
  files: Files,
  host: HostLink,
  { path, body, type, match, begun }: { path: string; body: Blob; type: string; match: Match; begun: () => void },
  signal: AbortSignal,
): Promise<{ etag: string; versionId: string | null }> {
  const transferId = `site-${crypto.randomUUID()}`;
  const range = { start: 0, end: body.size };
  const bytes = { transferId, segmentSize: body.size, live: true };
  await host.hold([{ transferId, source: body }]);
  try {
    const { crc32 } = await host.digest({ bytes, range, sha256: false }, { signal });
    const request = await files.signPut({
      ...{ path, size: body.size, contentType: type, crc32: files.checksums ? crc32 : null },
      metadata: { [transferTag]: transferId },
      ifNoneMatch: match === null,
      ...(typeof match === "string" && { ifMatch: match }),
    });
    const stored = async () => {
      const head = await files.head(path).catch(() => null);
      return head?.metadata[transferTag] === transferId && head.size === body.size ? head : null;
    };
    begun();
    const answer = await host.put({ bytes, range, request }, { signal }).catch(async (error) => {
      const head = signal.aborted ? null : await stored();
      if (head !== null) return head;
      const lost = error instanceof HostFailure && error.kind === "network";
      throw lost ? new HoldallError("unreachable", { subs: [new URL(request.url).host] }, { cause: error }) : error;
    });
    if (!("status" in answer)) return answer;
    const { etag, "x-amz-version-id": versionId = null } = answer.headers;
    if (answer.status >= 200 && answer.status < 300 && etag !== undefined) return { etag, versionId };
    // A 5xx may have been carried out, a 412 be about this very file: browsers repeat a request whose connection broke.
    const head = answer.status >= 400 && answer.status < 500 && answer.status !== 412 ? null : await stored();
    if (head === null) throw files.explain(answer, { action: "PutObject", path });
    return head;
  } finally {
    host.drop([transferId]).catch(() => undefined);
  }
}

/** @throws HoldallError `file-changed`, `unreachable`, and as S3 answers */
export async function readPiece(
  files: Files,
  send: typeof fetch,
  { path, etag, start, end }: { path: string; etag: string; start: number; end: number },
  signal: AbortSignal,
): Promise<Blob> {
  const read = async (from: number, to: number): Promise<Blob> => {
    const range = `bytes=${from}-${to - 1}`;
    const { method, url, headers } = await files.signGet({ path, etag, range });
    const time = AbortSignal.timeout(patience);
    const both = AbortSignal.any([signal, time]);
    try {
      const answer = await send(url, { method, headers, cache: "no-store", redirect: "error", signal: both });
      if (answer.status !== 206 && !(answer.status === 200 && answer.ok)) {
        const bodyText = await answer.text();
        const about = { status: answer.status, headers: Object.fromEntries(answer.headers), bodyText };
        throw files.explain(about, { action: "GetObject", path });
      }
      const bytes = await answer.blob();
      if (bytes.size !== to - from) throw new HoldallError("checksum-mismatch", { subs: [path] });
      return bytes;
    } catch (cause) {
      if (cause instanceof HoldallError) throw cause;
      if (signal.aborted) throw new HoldallError("cancelled", {}, { cause });
      if (time.aborted && to - from > slowPiece) return await slowly(from, to);
      throw new HoldallError(time.aborted ? "timeout" : "unreachable", { subs: [new URL(url).host] }, { cause });
    }
  };
  const slowly = async (from: number, to: number): Promise<Blob> => {
    const parts: Blob[] = [];
    for (let at = from; at < to; at += slowPiece) parts.push(await read(at, Math.min(to, at + slowPiece)));
    return new Blob(parts);
  };
  return await read(start, end);
}
