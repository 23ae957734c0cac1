/**
 * A page's value, rebuilt in the content script's own realm from the few kinds that a request may have. What a page sends has
 * crossed a structured clone, so it holds neither getters nor prototypes of the page; but it may be huge, deep, in circles, or of
 * kinds that mean something elsewhere (ports, keys, maps).
 */

export type CopyFault = "too-large" | "invalid";
export type Copied = { ok: true; value: unknown } | { ok: false; fault: CopyFault };

/** Kept from the beginning: it says of which kind a value is, whatever realm it comes from. */
const nameOf = Object.prototype.toString;
const kindOf = (value: object) => nameOf.call(value).slice(8, -1);

class Fault extends Error {
  constructor(readonly fault: CopyFault) {
    super(fault);
  }
}

/**
 * @param most bytes, roughly: of text its characters, 8 for whatever else is one value; blobs count nothing, as they are not copied
 * @param deepest levels
 */
export function ownCopy(value: unknown, most: number, deepest: number): Copied {
  let left = most;
  const spend = (bytes: number) => {
    left -= bytes;
    if (left < 0) throw new Fault("too-large");
  };
  const copy = (one: unknown, depth: number): unknown => {
    spend(8);
    if (typeof one === "string") spend(one.length);
    // Its digits, nearly: a whole number may be as long as a text.
    if (typeof one === "bigint") spend(one > -(2n ** 128n) && one < 2n ** 128n ? 40 : most + 1);
    if (typeof one === "function" || typeof one === "symbol") throw new Fault("invalid");
    if (typeof one !== "object" || one === null) return one;
    if (depth >= deepest) throw new Fault("too-large");
    const kind = kindOf(one);
    // A file of the disk may be read where the person picked it and nowhere else (Chromium); a blob of it goes anywhere.
    if (kind === "Blob" || kind === "File") return new Blob([one as Blob], { type: (one as Blob).type });
    if (kind === "ArrayBuffer" || ArrayBuffer.isView(one)) return bytesOf(one as ArrayBuffer | ArrayBufferView, spend);
    if (kind === "Array") return Array.from(one as unknown[], (entry) => copy(entry, depth + 1));
    if (kind === "Set") return new Set(Array.from(one as Set<unknown>, (entry) => copy(entry, depth + 1)));
    if (kind !== "Object") throw new Fault("invalid");
    const entries = Object.keys(one).map((key): [string, unknown] => {
      spend(key.length);
      return [key, copy((one as Record<string, unknown>)[key], depth + 1)];
    });
    // Not by assignment: `__proto__` is a name like any other here.
    return Object.fromEntries(entries);
  };
  try {
    return { ok: true, value: copy(value, 0) };
  } catch (error) {
    return { ok: false, fault: error instanceof Fault ? error.fault : "invalid" };
  }
}

function bytesOf(one: ArrayBuffer | ArrayBufferView, spend: (bytes: number) => void): Uint8Array {
  spend(one.byteLength);
  // A view may look at the whole of a huge buffer through a small window: its own bytes alone go on.
  const bytes = ArrayBuffer.isView(one)
    ? new Uint8Array(one.buffer, one.byteOffset, one.byteLength)
    : new Uint8Array(one);
  return bytes.slice();
}
