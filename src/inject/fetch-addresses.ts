/** Fetches what a page shows, as `data:` addresses, within bounds. */

export interface IncludeLimits {
  /** Characters of all `data:` addresses. */
  total: number;
  /** Bytes of one file. */
  each: number;
  /** Milliseconds for one file. */
  patience: number;
  /** Milliseconds for all. */
  deadline: number;
}

const includeLimits: IncludeLimits = {
  total: 66_000_000,
  each: 10 * 1024 * 1024,
  patience: 10_000,
  deadline: 30_000,
};

/** Files that are fetched at the same time. */
const lanes = 8;

export interface Included {
  /** The address as `data:`; the address itself when it cannot be included. */
  include(address: string): Promise<string>;
  /** The text at an address; null when it cannot be had. */
  text(address: string): Promise<string | null>;
  /** Bytes so far. */
  received(): number;
  /** Addresses that could not be included. */
  missing(): number;
  /** Counts one that is not even tried. */
  miss(address: string): void;
}

/** @param signal gives up: everything stays an address */
export function includeAddresses(signal: AbortSignal, limits = includeLimits): Included {
  const end = AbortSignal.any([signal, AbortSignal.timeout(limits.deadline)]);
  const blobs = new Map<string, Promise<Blob | null>>();
  const missing = new Set<string>();
  const waiting: (() => void)[] = [];
  let running = 0;
  let received = 0;
  let used = 0;

  async function inLane<T>(work: () => Promise<T>): Promise<T> {
    if (running >= lanes) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  }

  async function load(address: string): Promise<Blob | null> {
    if (end.aborted || used > limits.total) return null;
    try {
      const alone = AbortSignal.any([end, AbortSignal.timeout(limits.patience)]);
      // What the page shows is in the browser's cache.
      const response = await fetch(address, { cache: "force-cache", signal: alone });
      if (!response.ok || response.body === null) return null;
      const chunks: BlobPart[] = [];
      let size = 0;
      const reader = response.body.getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        size += read.value.length;
        received += read.value.length;
        if (size > limits.each) {
          await reader.cancel();
          return null;
        }
        chunks.push(read.value as Uint8Array<ArrayBuffer>);
      }
      return new Blob(chunks, { type: response.headers.get("content-type") ?? "" });
    } catch {
      return null;
    }
  }

  function once(address: string): Promise<Blob | null> {
    const known = blobs.get(address) ?? inLane(() => load(address));
    blobs.set(address, known);
    return known;
  }

  function withoutFragment(address: string): string {
    const url = new URL(address);
    url.hash = "";
    return url.href;
  }

  return {
    async include(address) {
      if (!/^(https?|blob):/i.test(address)) return address;
      const blob = await once(withoutFragment(address));
      // Each use is written out.
      const length = blob === null ? 0 : Math.ceil(blob.size / 3) * 4;
      if (blob === null || used + length > limits.total) {
        missing.add(address);
        return address;
      }
      used += length;
      return (await dataAddress(blob)) + new URL(address).hash;
    },
    async text(address) {
      if (!/^(https?|blob|data):/i.test(address)) return null;
      const blob = await once(address);
      return blob === null ? null : await decode(blob);
    },
    received: () => received,
    missing: () => missing.size,
    miss: (address) => void missing.add(address),
  };
}

async function dataAddress(blob: Blob): Promise<string> {
  const reader = new FileReader();
  await new Promise((resolve, reject) => {
    reader.addEventListener("load", resolve);
    reader.addEventListener("error", reject);
    reader.readAsDataURL(blob);
  });
  return String(reader.result);
}

/** By what the server says, else by `@charset`, else UTF-8. */
async function decode(blob: Blob): Promise<string> {
  const bytes = await blob.arrayBuffer();
  const head = new TextDecoder("latin1").decode(bytes.slice(0, 100));
  const label = /charset=["']?([\w-]+)/i.exec(blob.type)?.[1] ?? /^@charset "([\w-]+)"/.exec(head)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}
