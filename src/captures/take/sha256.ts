/** SHA-256 of bytes that need not fit into memory. */
import { Sha256Js } from "@smithy/core/checksum";

/** Bytes up to which the browser hashes them itself, in one piece: 30 times as fast, on another thread. */
const atOnce = 64 * 1024 * 1024;

/** Lower-case hex. Rejects as `Blob.stream` does when its file is gone */
export async function sha256Hex(blob: Blob): Promise<string> {
  const digest = blob.size <= atOnce ? await digestAtOnce(blob) : await digestInPieces(blob);
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function digestAtOnce(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
}

/** Exported for the tests: nobody waits for 64 MB. */
export async function digestInPieces(blob: Blob): Promise<Uint8Array> {
  const hash = new Sha256Js();
  const reader = blob.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) hash.update(read.value);
  return await hash.digest();
}
