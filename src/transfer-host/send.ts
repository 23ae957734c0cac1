/** Requests that carry no file. */
import {
  type HostAnswer,
  HostFailure,
  type HostLink,
  type OpenUpload,
  type SignedRequest,
  type Watch,
} from "../transfers/host/host-link.ts";
import type { Journal } from "../transfers/journal/journal.ts";
import { exchange, type Network, textAnswer } from "./exchange.ts";
import { hostFailure } from "./failure.ts";
import type { Heartbeat } from "./heartbeat.ts";

/** Bytes: the longest answer is a list of 1,000 parts. */
const longestAnswer = 2_000_000;

/** @param lateTime milliseconds without a byte that S3 may need to put an object together */
export async function send(
  network: Network & { lateTime: number },
  request: SignedRequest,
  watch: Watch,
): Promise<HostAnswer> {
  const patience = { ...network, stallTime: isLate(request) ? network.lateTime : network.stallTime };
  return await exchange(patience, request, watch, (response, body) => textAnswer(response, body, longestAnswer));
}

/**
 * CompleteMultipartUpload and CopyObject answer when the work is done, which S3 says may take minutes; white space may come meanwhile.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html
 */
function isLate({ method, headers }: SignedRequest): boolean {
  return method === "POST" || Object.keys(headers).some((name) => name.toLowerCase() === "x-amz-copy-source");
}

/**
 * A request that went out is not called back, whoever cancels: S3 may make the upload all the same, and then its id has to be in
 * the journal for somebody to abort it.
 */
export function open(
  network: Network,
  journal: Pick<Journal, "noteUpload">,
  heartbeat: Heartbeat,
  upload: OpenUpload,
  request: SignedRequest,
  { signal }: Watch,
): ReturnType<HostLink["open"]> {
  if (signal.aborted) return Promise.reject(new HostFailure("cancelled"));
  const opened = heartbeat.during(() => openOnce(network, journal, upload, request));
  return new Promise((resolve, reject) => {
    const cancel = () => reject(new HostFailure("cancelled"));
    signal.addEventListener("abort", cancel, { once: true });
    opened.then(resolve, reject).finally(() => signal.removeEventListener("abort", cancel));
  });
}

async function openOnce(
  network: Network,
  journal: Pick<Journal, "noteUpload">,
  upload: OpenUpload,
  request: SignedRequest,
) {
  const { signal } = new AbortController();
  const answer = await exchange(network, request, { signal }, (response, body) =>
    textAnswer(response, body, longestAnswer),
  );
  const ok = answer.status >= 200 && answer.status < 300;
  const uploadId = ok ? uploadIdOf(answer.bodyText) : null;
  if (uploadId === null) return { answer, uploadId };
  try {
    await journal.noteUpload({ ...upload, uploadId });
    return { answer, uploadId };
  } catch (cause) {
    // Nobody would find it again: whoever asked has to abort it now.
    return { answer, uploadId, unnoted: hostFailure(cause, "host-lost").kind };
  }
}

/** InitiateMultipartUploadResult's `UploadId`. An offscreen document could parse XML, a background page too, a test in Node not. */
export function uploadIdOf(xml: string): string | null {
  const text = /<UploadId>\s*([^<]+?)\s*<\/UploadId>/.exec(xml)?.[1];
  return text === undefined ? null : unescapeXml(text);
}

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
