import { readBlob } from "./read-blob.ts";

/** Are both byte for byte the same? Rejects when one of them cannot be read, or with the signal's reason. */
export async function sameBytes(a: Blob, b: Blob, signal: AbortSignal): Promise<boolean> {
  if (a.size !== b.size) return false;
  let same = true;
  const other = new AbortController();
  try {
    await readBlob(a, AbortSignal.any([signal, other.signal]), async (bytes, start) => {
      same = equal(bytes, new Uint8Array(await b.slice(start, start + bytes.length).arrayBuffer()));
      // The rest says no more.
      if (!same) other.abort();
    });
  } catch (error) {
    if (same) throw error;
  }
  return same;
}

function equal(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>): boolean {
  if (a.length !== b.length) return false;
  const words = a.length >>> 2;
  const left = new Int32Array(a.buffer, 0, words);
  const right = new Int32Array(b.buffer, 0, words);
  for (let at = 0; at < words; at++) if (left[at] !== right[at]) return false;
  for (let at = words * 4; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}
