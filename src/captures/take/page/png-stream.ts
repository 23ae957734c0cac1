/**
 * Writes a PNG row by row: only what is compressed is kept, so the picture may be taller than any canvas.
 * https://www.w3.org/TR/png-3/
 */
import { crc32 } from "../../../shared/crc32.ts";
import { filterRow } from "./png-filter.ts";

export interface PngWriter {
  /** Adds rows, four bytes a pixel; what shines through counts as opaque. A multiple of `width` pixels. */
  add(rgba: Uint8ClampedArray | Uint8Array): Promise<void>;
  /** Ends the picture, which has the rows that were added: at least one. */
  finish(): Promise<Blob>;
  /** Gives up; nothing is kept. */
  abort(): void;
}

const signature = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Bytes of compressed data in a chunk, at least: readers check each by itself. */
const chunkSize = 256 * 1024;

/** @param width pixels, at least 1 */
export function createPng(width: number): PngWriter {
  const { readable, writable } = new CompressionStream("deflate");
  const writer = writable.getWriter();
  const chunks = collectChunks(readable.getReader());
  // Nobody waits for it after `abort`.
  chunks.catch(() => {});
  let before = new Uint8Array(width * 3);
  let height = 0;
  return {
    async add(rgba) {
      const count = rgba.length / 4 / width;
      const filtered = new Uint8Array(count * (1 + width * 3));
      for (let row = 0; row < count; row++) {
        const pixels = opaque(rgba, row * width, width);
        filterRow(pixels, before, filtered.subarray(row * (1 + width * 3), (row + 1) * (1 + width * 3)));
        before = pixels;
      }
      height += count;
      await writer.write(filtered);
    },
    async finish() {
      await writer.close();
      return new Blob(
        [signature, chunk("IHDR", header(width, height)), ...(await chunks), chunk("IEND", new Uint8Array())],
        {
          type: "image/png",
        },
      );
    },
    abort() {
      writer.abort().catch(() => {});
    },
  };
}

/** Red, green and blue of `width` pixels. */
function opaque(rgba: Uint8ClampedArray | Uint8Array, first: number, width: number): Uint8Array<ArrayBuffer> {
  const rgb = new Uint8Array(width * 3);
  for (let pixel = 0, from = first * 4; pixel < rgb.length; pixel += 3, from += 4) {
    rgb[pixel] = rgba[from] ?? 0;
    rgb[pixel + 1] = rgba[from + 1] ?? 0;
    rgb[pixel + 2] = rgba[from + 2] ?? 0;
  }
  return rgb;
}

/** Eight bits, true colour without alpha, not interlaced. */
function header(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes.set([8, 2, 0, 0, 0], 8);
  return bytes;
}

async function collectChunks(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Blob[]> {
  const done: Blob[] = [];
  let open: Uint8Array[] = [];
  let size = 0;
  const close = async () => {
    if (size > 0) done.push(chunk("IDAT", new Uint8Array(await new Blob(open as BlobPart[]).arrayBuffer())));
    open = [];
    size = 0;
  };
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    open.push(read.value);
    size += read.value.length;
    if (size >= chunkSize) await close();
  }
  await close();
  return done;
}

function chunk(type: string, data: Uint8Array<ArrayBuffer>): Blob {
  const name = new TextEncoder().encode(type);
  return new Blob([uint32(data.length), name, data, uint32(crc32(data, crc32(name)))]);
}

function uint32(value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
