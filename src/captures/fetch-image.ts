/** Fetches an image's bytes, within bounds. */
import { HoldallError } from "../shared/holdall-error.ts";
import { isBlockedHost } from "./blocked-host.ts";
import { shown } from "./shown-address.ts";

/** Bytes. */
export const maxImageSize = 50 * 1024 * 1024;
/** Milliseconds for all of it. */
const patience = 120_000;
/** Below Chromium's 30 s of idleness: a running fetch does not keep a worker. */
const touchInterval = 10_000;

export interface FetchImageDeps {
  fetch: typeof fetch;
  /** Is the permission for this match pattern held? */
  holdsHost(pattern: string): Promise<boolean>;
  /** `URL.host` of the profile's own services, which may be local. */
  ownHosts: string[];
  /** Calls some function of the extension API, so that the background is not ended as idle. */
  touch(): void;
}

/**
 * @returns the bytes and the `Content-Type` header
 * @throws HoldallError `capture-unfetchable`, `capture-blocked`, `permission-needed`, `capture-empty`, `file-too-large`
 */
export async function fetchImage(srcUrl: string, deps: FetchImageDeps): Promise<{ bytes: Uint8Array; type: string }> {
  const url = await checkSource(srcUrl, deps);
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), patience);
  const touching = setInterval(deps.touch, touchInterval);
  try {
    const response = await deps.fetch(url.href, {
      // Pictures behind a sign-in: the browser shows them, so the person means what it shows.
      credentials: "include",
      referrerPolicy: "no-referrer",
      signal: abort.signal,
    });
    if (!response.ok) throw unfetchable(srcUrl, `HTTP ${response.status}`);
    // A redirect's target can be judged only afterwards: the bytes at least are not kept.
    if (response.url !== "" && url.protocol !== "data:") refuseBlocked(new URL(response.url), deps.ownHosts);
    const bytes = await readBounded(response);
    if (bytes.length === 0) throw new HoldallError("capture-empty", { subs: [shown(srcUrl)] });
    return { bytes, type: response.headers.get("content-type") ?? "" };
  } catch (cause) {
    if (cause instanceof HoldallError) throw cause;
    const reason = abort.signal.aborted ? "timeout" : cause instanceof Error ? cause.message : String(cause);
    throw unfetchable(srcUrl, reason, cause);
  } finally {
    clearTimeout(timer);
    clearInterval(touching);
    // A body that nobody will read, of an error for example, must not go on arriving.
    abort.abort();
  }
}

async function checkSource(srcUrl: string, deps: FetchImageDeps): Promise<URL> {
  const url = URL.canParse(srcUrl) ? new URL(srcUrl) : null;
  if (url?.protocol === "data:") return url;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw unfetchable(srcUrl, url === null ? "no URL" : url.protocol);
  }
  refuseBlocked(url, deps.ownHosts);
  // Match patterns have no port.
  if (!(await deps.holdsHost(`${url.protocol}//${url.hostname}/*`))) {
    throw new HoldallError("permission-needed", { subs: [url.host] });
  }
  return url;
}

function refuseBlocked(url: URL, ownHosts: string[]): void {
  if (isBlockedHost(url) && !ownHosts.includes(url.host)) {
    throw new HoldallError("capture-blocked", { subs: [url.host] });
  }
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const tooLarge = (size: number) => new HoldallError("file-too-large", { subs: [String(size)] });
  const declared = Number(response.headers.get("content-length") ?? 0);
  if (declared > maxImageSize) throw tooLarge(declared);
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  // Leaving the loop cancels the stream.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maxImageSize) throw tooLarge(size);
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

function unfetchable(srcUrl: string, reason: string, cause?: unknown): HoldallError {
  return new HoldallError("capture-unfetchable", { subs: [shown(srcUrl), reason] }, { cause });
}
