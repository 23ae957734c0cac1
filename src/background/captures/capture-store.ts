import type { Storage } from "../../aws/create-storage.ts";
import type { CaptureStore } from "../../captures/service-deps.ts";
import { HoldallError } from "../../shared/holdall-error.ts";
import { HostFailure, type HostLink } from "../../transfers/host/host-link.ts";
import { transferTag } from "../../transfers/upload/is-ours.ts";
import { failureOf } from "./host-failure.ts";

/** Milliseconds without a byte after which a request is given up. */
const stallTime = 30_000;
/** Bytes that one CopyObject takes. */
const largestCopy = 5 * 1024 ** 3;

/** A person's folder and items, as captures use them. @param send fetches within the extension's permissions */
export function captureStore({ files, items }: Storage, host: HostLink, send: typeof fetch): CaptureStore {
  return {
    head: async (path) => {
      const { size, etag, modifiedAt, crc32, metadata } = await files.head(path);
      return { path, size, etag, modifiedAt, crc32, transfer: metadata[transferTag] ?? null };
    },
    copy: async ({ from, etag, path, contentType }) => {
      const { size } = await files.head(from);
      if (size > largestCopy) throw new HoldallError("file-too-large", { subs: [String(size)] });
      const request = await files.signCopy({ from, etag, path, contentType, ifNoneMatch: true });
      const signal = new AbortController().signal;
      const answer = await host.send(request, { signal }).catch((error: unknown) => {
        throw error instanceof HostFailure ? failureOf(error, request.url) : error;
      });
      // A copy may answer 200 with an error in its body.
      if (answer.status < 300 && !answer.bodyText.includes("<Error>")) return;
      throw files.explain(answer, { action: "PutObject", path });
    },
    delete: files.delete,
    undelete: files.undelete,
    read: async (path, signal) => await readObject(files, path, signal, send),
    item: items.get,
    putItem: items.putIndexItem,
    saveItem: items.saveIndexItem,
    deleteItem: items.deleteIndexItem,
  };
}

async function readObject(
  files: Storage["files"],
  path: string,
  signal: AbortSignal,
  send: typeof fetch,
): Promise<Blob> {
  const { url, headers } = await files.signGet({ path });
  const stalled = new AbortController();
  let timer = setTimeout(() => stalled.abort(), stallTime);
  try {
    const request = { headers, signal: AbortSignal.any([signal, stalled.signal]) };
    const response = await send(url, { ...request, cache: "no-store", credentials: "omit", redirect: "error" });
    if (!response.ok) {
      const answer = { status: response.status, headers: Object.fromEntries(response.headers) };
      throw files.explain({ ...answer, bodyText: await response.text() }, { action: "GetObject", path });
    }
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(() => stalled.abort(), stallTime);
      chunks.push(chunk);
    }
    return new Blob(chunks);
  } catch (cause) {
    if (cause instanceof HoldallError) throw cause;
    const code = stalled.signal.aborted || signal.aborted ? "timeout" : "unreachable";
    throw new HoldallError(code, { subs: [new URL(url).host] }, { cause });
  } finally {
    clearTimeout(timer);
  }
}
