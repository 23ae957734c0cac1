import { crc32, inflateSync } from "node:zlib";

export interface Png {
  width: number;
  height: number;
  /** Red, green and blue. */
  at(x: number, y: number): number[];
}

/** A PNG of eight bits a channel, true colour with or without alpha, not interlaced. Throws for what is against the standard. */
export function readPng(file: Buffer): Png {
  if (file.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") throw new Error("no PNG");
  const data: Buffer[] = [];
  let head: Buffer | undefined;
  let type = "";
  for (let at = 8; at < file.length; ) {
    const size = file.readUInt32BE(at);
    type = file.toString("latin1", at + 4, at + 8);
    const content = file.subarray(at + 8, at + 8 + size);
    if (crc32(file.subarray(at + 4, at + 8 + size)) !== file.readUInt32BE(at + 8 + size))
      throw new Error(`CRC of ${type}`);
    if (type === "IHDR") head = content;
    if (type === "IDAT") data.push(content);
    at += 12 + size;
  }
  if (head === undefined || type !== "IEND") throw new Error("no head or no end");
  const width = head.readUInt32BE(0);
  const height = head.readUInt32BE(4);
  const channels = { "8,2,0,0,0": 3, "8,6,0,0,0": 4 }[head.subarray(8).join(",")];
  if (channels === undefined) throw new Error(`not read: ${head.subarray(8).join(",")}`);
  const pixels = unfilter(inflateSync(Buffer.concat(data)), height, width * channels, channels);
  return {
    width,
    height,
    at(x, y) {
      const start = (Math.floor(y) * width + Math.floor(x)) * channels;
      return [...pixels.subarray(start, start + 3)];
    },
  };
}

function unfilter(raw: Buffer, height: number, rowSize: number, pixelSize: number): Buffer {
  if (raw.length !== height * (rowSize + 1)) throw new Error(`${raw.length} bytes for ${height} rows of ${rowSize}`);
  const pixels = Buffer.alloc(height * rowSize);
  for (let row = 0; row < height; row++) {
    const type = raw[row * (rowSize + 1)] ?? 0;
    for (let column = 0; column < rowSize; column++) {
      const at = row * rowSize + column;
      const left = column >= pixelSize ? (pixels[at - pixelSize] ?? 0) : 0;
      const above = row > 0 ? (pixels[at - rowSize] ?? 0) : 0;
      const corner = row > 0 && column >= pixelSize ? (pixels[at - rowSize - pixelSize] ?? 0) : 0;
      pixels[at] = (raw[row * (rowSize + 1) + 1 + column] ?? 0) + predict(type, left, above, corner);
    }
  }
  return pixels;
}

function predict(type: number, left: number, above: number, corner: number): number {
  if (type < 4) return [0, left, above, (left + above) >> 1][type] ?? 0;
  const [a, b, c] = [Math.abs(above - corner), Math.abs(left - corner), Math.abs(left + above - 2 * corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}
