/**
 * The entries of a zip archive whose files are stored as they are, by name, each checked against its CRC-32. Read from the
 * central directory, as APPNOTE.TXT 4.3 has it, with zip64.
 *
 * @throws RangeError when the archive is damaged, or an entry is compressed
 */
import { crc32 } from "node:zlib";

export function readZip(zip: Buffer): Map<string, Buffer> {
  const { count, offset } = endOfCentralDirectory(zip);
  const entries = new Map<string, Buffer>();
  let at = offset;
  for (let index = 0; index < count; index++) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new RangeError("No entry where the central directory has one");
    const [nameLength, extraLength] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30)];
    const name = zip.toString("utf8", at + 46, at + 46 + nameLength);
    if (zip.readUInt16LE(at + 10) !== 0) throw new RangeError(`${name} is compressed`);
    const large = zip64Fields(zip.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength));
    const field = (position: number) => {
      const value = zip.readUInt32LE(at + position);
      return value === 0xffffffff ? (large.shift() ?? value) : value;
    };
    const size = field(24);
    if (field(20) !== size) throw new RangeError(`${name} has two sizes`);
    const bytes = contentAt(zip, field(42), size);
    if (crc32(bytes) !== zip.readUInt32LE(at + 16)) throw new RangeError(`${name} is damaged`);
    entries.set(name, bytes);
    at += 46 + nameLength + extraLength + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** Behind the local header, whose extra field may differ from that of the directory. */
function contentAt(zip: Buffer, header: number, size: number): Buffer {
  if (zip.readUInt32LE(header) !== 0x04034b50) throw new RangeError("No local header where the directory has one");
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  if (start + size > zip.length) throw new RangeError("An entry is longer than the archive");
  return zip.subarray(start, start + size);
}

function endOfCentralDirectory(zip: Buffer): { count: number; offset: number } {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0) throw new RangeError("No end of a central directory");
  const [count, offset] = [zip.readUInt16LE(end + 10), zip.readUInt32LE(end + 16)];
  if (count !== 0xffff && offset !== 0xffffffff) return { count, offset };
  const record = Number(zip.readBigUInt64LE(end - 20 + 8));
  return { count: Number(zip.readBigUInt64LE(record + 32)), offset: Number(zip.readBigUInt64LE(record + 48)) };
}

/** The 8-byte fields of the zip64 extra field (id 1), in their order. */
function zip64Fields(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; ) {
    const length = extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      return Array.from({ length: length >> 3 }, (_, index) => Number(extra.readBigUInt64LE(at + 4 + index * 8)));
    }
    at += 4 + length;
  }
  return [];
}
