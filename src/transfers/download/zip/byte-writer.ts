/** Writes numbers in little-endian order, one after the other, into as many bytes as were announced. */
export interface ByteWriter {
  u8(value: number): ByteWriter;
  u16(value: number): ByteWriter;
  u32(value: number): ByteWriter;
  /** @param value a safe integer */
  u64(value: number): ByteWriter;
  bytes(value: Uint8Array): ByteWriter;
  /** @throws RangeError when there were fewer than announced */
  done(): Uint8Array<ArrayBuffer>;
}

/** @param size bytes */
export function createByteWriter(size: number): ByteWriter {
  const written = new Uint8Array(size);
  const view = new DataView(written.buffer);
  let at = 0;
  const step = (length: number) => {
    at += length;
    return at - length;
  };
  const writer: ByteWriter = {
    u8: (value) => {
      view.setUint8(step(1), value);
      return writer;
    },
    u16: (value) => {
      view.setUint16(step(2), value, true);
      return writer;
    },
    u32: (value) => {
      view.setUint32(step(4), value, true);
      return writer;
    },
    u64: (value) => {
      view.setBigUint64(step(8), BigInt(value), true);
      return writer;
    },
    bytes: (value) => {
      written.set(value, step(value.length));
      return writer;
    },
    done: () => {
      if (at !== size) throw new RangeError(`${at} of ${size} bytes were written`);
      return written;
    },
  };
  return writer;
}
