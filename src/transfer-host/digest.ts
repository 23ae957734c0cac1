import { crc32, crc32Base64 } from "../shared/crc32.ts";
import type { Digest } from "../transfers/host-link.ts";
import { readStream } from "./read-stream.ts";

/** Bytes that are hashed at once: the Web Crypto API takes no stream, and a part may be of 5 GiB. */
const hashedAtOnce = 8 * 1024 ** 2;

/** Rejects with the browser's error when the bytes cannot be read, or with the signal's reason. */
export async function digestOf(bytes: Blob, options: { sha256?: boolean; signal?: AbortSignal } = {}): Promise<Digest> {
  let sum = 0;
  let size = 0;
  // Reading ahead in larger pieces was half as fast in Chromium and no faster in Firefox, nor was a worker: what limits is the
  // way of the bytes into this process, and both pages have nothing else to do.
  await readStream(bytes.stream(), options.signal ?? new AbortController().signal, (chunk) => {
    sum = crc32(chunk, sum);
    size += chunk.length;
  });
  // A file that was cut meanwhile ends early in Firefox.
  if (size !== bytes.size) throw new DOMException("fewer bytes than there were", "NotReadableError");
  const digest = { size, crc32: crc32Base64(sum) };
  return options.sha256 ? { ...digest, sha256: await sha256Of(bytes, options.signal) } : digest;
}

export function digestOfBuffer(buffer: ArrayBuffer): Digest {
  return { size: buffer.byteLength, crc32: crc32Base64(crc32(new Uint8Array(buffer))) };
}

/** Base64. Of more than 8 MiB: the SHA-256 over the SHA-256 of each 8 MiB. */
async function sha256Of(bytes: Blob, signal?: AbortSignal): Promise<string> {
  const hashes: ArrayBuffer[] = [];
  for (let start = 0; start === 0 || start < bytes.size; start += hashedAtOnce) {
    signal?.throwIfAborted();
    const piece = await bytes.slice(start, start + hashedAtOnce).arrayBuffer();
    hashes.push(await crypto.subtle.digest("SHA-256", piece));
  }
  const [first = new ArrayBuffer(0), ...more] = hashes;
  const hash = more.length === 0 ? first : await crypto.subtle.digest("SHA-256", await new Blob(hashes).arrayBuffer());
  return btoa(String.fromCharCode(...new Uint8Array(hash)));
}
