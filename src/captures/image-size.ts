/** Width and height from an image's header, without decoding it: a small file may unfold to gigabytes of pixels. */
import { latin1 } from "./sniff-image.ts";

export interface Dimensions {
  /** Pixels. */
  width: number;
  height: number;
}

/** null when the format has none (SVG) or the header is cut short. @param type as `sniffImage` names it */
export function imageSize(bytes: Uint8Array, type: string): Dimensions | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const found = readers[type]?.(view, bytes) ?? null;
    return found !== null && found.width > 0 && found.height > 0 ? found : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const readers: Record<string, (view: DataView, bytes: Uint8Array) => Dimensions | null> = {
  "image/png": (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  "image/gif": (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  // A negative height means rows from top to bottom.
  "image/bmp": (view) => ({ width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }),
  // One byte each; 0 stands for 256.
  "image/x-icon": (view) => ({ width: view.getUint8(6) || 256, height: view.getUint8(7) || 256 }),
  "image/jpeg": jpegSize,
  "image/webp": webpSize,
  "image/avif": avifSize,
};

/** The first start-of-frame segment (ITU T.81, B.2.2). */
function jpegSize(view: DataView): Dimensions | null {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // Markers may be padded with 0xff.
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(view: DataView, bytes: Uint8Array): Dimensions | null {
  const chunk = latin1(bytes, 12, 16);
  if (chunk === "VP8X") {
    const uint24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    return { width: uint24(24) + 1, height: uint24(27) + 1 };
  }
  if (chunk === "VP8L") {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (chunk !== "VP8 ") return null;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** The largest `ispe` property: thumbnails and alpha planes have smaller ones, or the same. */
function avifSize(view: DataView, bytes: Uint8Array): Dimensions | null {
  const head = bytes.subarray(0, 65_536);
  let best: Dimensions | null = null;
  for (let at = 4; at + 16 <= head.length; at++) {
    if (head[at] !== 0x69 || latin1(head, at, at + 4) !== "ispe") continue;
    const found = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (best === null || found.width * found.height > best.width * best.height) best = found;
  }
  return best;
}
