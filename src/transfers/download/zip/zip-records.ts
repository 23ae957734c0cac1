/**
 * The records of a zip file, whose content is stored as it is.
 * PKWARE .ZIP File Format Specification (APPNOTE) 6.3.10: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { createByteWriter } from "./byte-writer.ts";
import { dosTime } from "./dos-time.ts";

/** What the records tell of one member. */
export interface ZipHead {
  /** Path with slashes; ends with one when it is a folder. */
  name: string;
  /** Bytes. */
  size: number;
  crc32: number;
  /** Milliseconds since the epoch. */
  modifiedAt: number;
}

/** This value, and all ones of 16 bits, say: see the zip64 field (4.4.8, 4.4.16). */
const full32 = 0xffff_ffff;
const full16 = 0xffff;
/** 4.4.4, bit 11: names are UTF-8. */
const utf8Names = 0x0800;
/** 4.4.3: 1.0 as it is, 2.0 folders, 4.5 zip64. */
const versionNeeded = (head: ZipHead, zip64: boolean) => (zip64 ? 45 : isFolder(head) ? 20 : 10);
/** 4.4.2: Unix (3), whose permissions follow; of version 4.5. */
const madeBy = (3 << 8) | 45;

function isFolder({ name }: ZipHead): boolean {
  return name.endsWith("/");
}

/** 4.3.7: stands before the content of a member. */
export function localHeader(head: ZipHead): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode(head.name);
  const zip64 = head.size >= full32;
  const stamp = extendedTimestamp(head.modifiedAt);
  const out = createByteWriter(30 + name.length + (zip64 ? 20 : 0) + stamp.length);
  out.u32(0x0403_4b50).u16(versionNeeded(head, zip64));
  describe(out, head, zip64);
  out.u16(name.length).u16((zip64 ? 20 : 0) + stamp.length);
  out.bytes(name);
  // 4.5.3: of the local header both sizes, also when only one is too large.
  if (zip64) out.u16(0x0001).u16(16).u64(head.size).u64(head.size);
  return out.bytes(stamp).done();
}

/**
 * 4.3.12: a line of the central directory.
 * @param offset bytes before the member's local header
 */
export function centralHeader(head: ZipHead, offset: number): Uint8Array<ArrayBuffer> {
  const name = new TextEncoder().encode(head.name);
  const large = head.size >= full32;
  const far = offset >= full32;
  const zip64Size = (large ? 16 : 0) + (far ? 8 : 0);
  const zip64 = zip64Size > 0;
  const stamp = extendedTimestamp(head.modifiedAt);
  const extra = (zip64 ? 4 + zip64Size : 0) + stamp.length;
  const out = createByteWriter(46 + name.length + extra);
  out.u32(0x0201_4b50).u16(madeBy).u16(versionNeeded(head, zip64));
  describe(out, head, large);
  out.u16(name.length).u16(extra);
  // No comment, on the first disk, of unknown kind (neither text nor not).
  out.u16(0).u16(0).u16(0);
  out.u32(attributes(head)).u32(Math.min(offset, full32)).bytes(name);
  if (zip64) out.u16(0x0001).u16(zip64Size);
  if (large) out.u64(head.size).u64(head.size);
  if (far) out.u64(offset);
  return out.bytes(stamp).done();
}

/** What both headers have in common: flags, method 0 (stored), time, checksum, sizes. */
function describe(out: ReturnType<typeof createByteWriter>, head: ZipHead, zip64: boolean): void {
  const { date, time } = dosTime(head.modifiedAt);
  const size = zip64 ? full32 : head.size;
  out.u16(utf8Names).u16(0).u16(time).u16(date).u32(head.crc32).u32(size).u32(size);
}

/** 4.4.15: the upper half is Unix's mode, `-rw-r--r--` or `drwxr-xr-x`; the lower MS-DOS's, 16 for a folder. */
function attributes(head: ZipHead): number {
  return isFolder(head) ? 0o040755 * 0x1_0000 + 16 : 0o100644 * 0x1_0000;
}

/**
 * 4.5.2 and Info-ZIP's `UT` field: the time of the last change in seconds since the epoch, in UTC, which MS-DOS's time in
 * nobody knows which zone is not. Empty when 32 bits cannot tell it.
 */
function extendedTimestamp(modifiedAt: number): Uint8Array<ArrayBuffer> {
  const seconds = Math.floor(modifiedAt / 1000);
  if (!(seconds >= 0 && seconds <= 0x7fff_ffff)) return new Uint8Array(0);
  return createByteWriter(9).u16(0x5455).u16(5).u8(1).u32(seconds).done();
}

/**
 * 4.3.14 – 4.3.16: what a reader looks for first. The zip64 records come only where the old one cannot tell a number.
 * @param directory bytes before the central directory, and of it
 */
export function endRecords(count: number, directory: { offset: number; size: number }): Uint8Array<ArrayBuffer> {
  const { offset, size } = directory;
  const zip64 = count >= full16 || offset >= full32 || size >= full32;
  const out = createByteWriter(22 + (zip64 ? 56 + 20 : 0));
  if (zip64) {
    // Its own size is told without these twelve bytes.
    out
      .u32(0x0606_4b50)
      .u64(56 - 12)
      .u16(madeBy)
      .u16(45)
      .u32(0)
      .u32(0);
    out.u64(count).u64(count).u64(size).u64(offset);
    out
      .u32(0x0706_4b50)
      .u32(0)
      .u64(offset + size)
      .u32(1);
  }
  const shown = Math.min(count, full16);
  out.u32(0x0605_4b50).u16(0).u16(0).u16(shown).u16(shown);
  return out.u32(Math.min(size, full32)).u32(Math.min(offset, full32)).u16(0).done();
}
