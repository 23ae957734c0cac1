/** A reader of zips, written from APPNOTE 6.3.10 alone, that believes nothing: both headers of a member have to agree. */

export interface ZipContent {
  /** Bytes. */
  size: number;
  read(start: number, length: number): Uint8Array;
}

export interface ReadMember {
  name: string;
  size: number;
  crc32: number;
  /** Offset of the content. */
  start: number;
  /** Seconds since the epoch, from the `UT` field. */
  modified: number | null;
  dosDate: number;
  dosTime: number;
  versionNeeded: number;
  attributes: number;
}

class Reader {
  private readonly view: DataView;
  at = 0;
  constructor(private readonly content: Uint8Array) {
    this.view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  }
  u16 = () => this.view.getUint16(this.step(2), true);
  u32 = () => this.view.getUint32(this.step(4), true);
  u64 = () => Number(this.view.getBigUint64(this.step(8), true));
  bytes = (length: number) => {
    const from = this.step(length);
    return this.content.subarray(from, from + length);
  };
  private step(length: number): number {
    this.at += length;
    return this.at - length;
  }
  text = (length: number) => new TextDecoder("utf-8", { fatal: true }).decode(this.bytes(length));
}

function check(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(`not a sound zip: ${what}`);
}

const full16 = 0xffff;
const full32 = 0xffff_ffff;

export function readZip(zip: ZipContent): ReadMember[] {
  const { count, size, offset, end } = readEnd(zip);
  check(offset + size === end, "the directory does not reach to its end record");
  const directory = new Reader(zip.read(offset, size));
  const members: ReadMember[] = [];
  let expected = 0;
  for (let index = 0; index < count; index++) {
    const { member, local } = readCentral(directory);
    check(local === expected, `gap before ${member.name}`);
    const start = checkLocal(zip, member, local);
    expected = start + member.size;
    members.push({ ...member, start });
  }
  check(directory.at === size, "the directory holds more than its members");
  check(expected === offset, "gap before the directory");
  return members;
}

function readEnd(zip: ZipContent) {
  const end = new Reader(zip.read(zip.size - 22, 22));
  check(end.u32() === 0x06054b50 && end.u16() === 0 && end.u16() === 0, "end record");
  const [count, all, size, offset, comment] = [end.u16(), end.u16(), end.u32(), end.u32(), end.u16()];
  check(count === all && comment === 0, "end record");
  if (count !== full16 && size !== full32 && offset !== full32) return { count, size, offset, end: zip.size - 22 };
  const locator = new Reader(zip.read(zip.size - 42, 20));
  check(locator.u32() === 0x07064b50 && locator.u32() === 0, "zip64 locator");
  const at = locator.u64();
  check(at === zip.size - 22 - 20 - 56 && locator.u32() === 1, "zip64 locator");
  const record = new Reader(zip.read(at, 56));
  check(record.u32() === 0x06064b50 && record.u64() === 44, "zip64 end record");
  record.u16();
  check(record.u16() === 45 && record.u32() === 0 && record.u32() === 0, "zip64 end record");
  const large = { count: record.u64(), all: record.u64(), size: record.u64(), offset: record.u64() };
  check(large.count === large.all, "zip64 end record");
  for (const [small, whole] of [
    [size, large.size],
    [offset, large.offset],
  ] as const) {
    check(small === Math.min(whole, full32), "the end records disagree");
  }
  check(count === Math.min(large.count, full16), "the end records disagree");
  return { ...large, end: at };
}

function readCentral(from: Reader) {
  check(from.u32() === 0x02014b50, "central header");
  check(from.u16() >> 8 === 3, "made by Unix");
  const shared = readShared(from);
  const [nameLength, extraLength, comment, disk, internal] = [
    from.u16(),
    from.u16(),
    from.u16(),
    from.u16(),
    from.u16(),
  ];
  const [attributes, offset] = [from.u32(), from.u32()];
  const name = from.text(nameLength);
  const extra = readExtra(new Reader(from.bytes(extraLength)), extraLength);
  check(comment === 0 && disk === 0 && internal === 0, "central header");
  const zip64 = extra.zip64;
  const size = shared.size === full32 && zip64 ? zip64.u64() : shared.size;
  const stored = shared.stored === full32 && zip64 ? zip64.u64() : shared.stored;
  const local = offset === full32 && zip64 ? zip64.u64() : offset;
  check(size === stored && (zip64 === null) === shared.versionNeeded < 45, "zip64 field");
  return { member: { ...shared, name, size, attributes, modified: extra.modified }, local };
}

function checkLocal(zip: ZipContent, member: Omit<ReadMember, "start">, offset: number): number {
  const head = new Reader(zip.read(offset, 30));
  check(head.u32() === 0x04034b50, `local header of ${member.name}`);
  const shared = readShared(head);
  const [nameLength, extraLength] = [head.u16(), head.u16()];
  const rest = new Reader(zip.read(offset + 30, nameLength + extraLength));
  const name = rest.text(nameLength);
  const extra = readExtra(new Reader(rest.bytes(extraLength)), extraLength);
  const large = shared.size === full32;
  const sizes = large && extra.zip64 ? [extra.zip64.u64(), extra.zip64.u64()] : [shared.size, shared.stored];
  check(large === (extra.zip64 !== null), `zip64 field of ${name}`);
  const { crc32, dosDate, dosTime, modified } = member;
  const same = { name, size: sizes[0], stored: sizes[1], crc32: shared.crc32, dosDate: shared.dosDate };
  const wanted = { name: member.name, size: member.size, stored: member.size, crc32, dosDate };
  check(JSON.stringify(same) === JSON.stringify(wanted), `the headers of ${member.name} disagree`);
  check(shared.dosTime === dosTime && extra.modified === modified, `the times of ${member.name} disagree`);
  return offset + 30 + nameLength + extraLength;
}

function readShared(from: Reader) {
  const [versionNeeded, flags, method] = [from.u16(), from.u16(), from.u16()];
  check(flags === 0x0800 && method === 0, "UTF-8 and stored");
  const [dosTime, dosDate, crc32, stored, size] = [from.u16(), from.u16(), from.u32(), from.u32(), from.u32()];
  return { versionNeeded, dosTime, dosDate, crc32, stored, size };
}

function readExtra(from: Reader, length: number): { zip64: Reader | null; modified: number | null } {
  let zip64: Reader | null = null;
  let modified: number | null = null;
  while (from.at < length) {
    const [id, size] = [from.u16(), from.u16()];
    const field = new Reader(from.bytes(size));
    if (id === 1) zip64 = field;
    if (id === 0x5455) {
      check(size === 5, "UT field");
      field.at = 1;
      modified = field.u32();
    }
  }
  return { zip64, modified };
}
