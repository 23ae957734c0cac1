import { base64Of } from "../shared/base64.ts";
import { crc32, crc32Base64 } from "../shared/crc32.ts";
import type { Digest } from "../transfers/host/host-link.ts";
import { readOnce } from "./read-stream.ts";

/** Bytes that are hashed at once: the Web Crypto API takes no stream, and a part may be of 5 GiB. */
const hashedAtOnce = 8 * 1024 ** 2;

/** Rejects with the browser's error when the bytes cannot be read, or with the signal's reason. */
export async function digestOf(bytes: Blob, options: { sha256?: boolean; signal?: AbortSignal } = {}): Promise<Digest> {
  const { sha256 = false, signal = new AbortController().signal } = options;
  if (sha256) return await hashed(bytes, signal);
  let sum = 0;
  let size = 0;
  // Reading ahead in larger pieces was half as fast in Chromium and no faster in Firefox. Not in a worker: what limits is the
  // way of the bytes into the process, not the sum, and neither page has anything else to do.
  await readOnce(bytes, signal, (chunk) => {
    sum = crc32(chunk, sum);
    size += chunk.length;
  });
  return complete(bytes, { size, crc32: crc32Base64(sum) });
}

/** With the SHA-256; of more than 8 MiB, the SHA-256 over those of each 8 MiB. */
async function hashed(bytes: Blob, signal: AbortSignal): Promise<Digest> {
  const hashes: ArrayBuffer[] = [];
  let sum = 0;
  let size = 0;
  for (let start = 0; start === 0 || start < bytes.size; start += hashedAtOnce) {
    signal.throwIfAborted();
    const piece = await bytes.slice(start, start + hashedAtOnce).arrayBuffer();
    sum = crc32(new Uint8Array(piece), sum);
    size += piece.byteLength;
    hashes.push(await crypto.subtle.digest("SHA-256", piece));
  }
  const [first, ...more] = hashes;
  const whole = more.length > 0 ? await crypto.subtle.digest("SHA-256", await new Blob(hashes).arrayBuffer()) : first;
  const sha256 = base64Of(new Uint8Array(whole ?? new ArrayBuffer(0)));
  return complete(bytes, { size, crc32: crc32Base64(sum), sha256 });
}

/** A file that was cut meanwhile ends early in Firefox. */
function complete(bytes: Blob, digest: Digest): Digest {
  if (digest.size !== bytes.size) throw new DOMException("fewer bytes than there were", "NotReadableError");
  return digest;
}

export function digestOfBuffer(buffer: ArrayBuffer): Digest {
  return { size: buffer.byteLength, crc32: crc32Base64(crc32(new Uint8Array(buffer))) };
}
