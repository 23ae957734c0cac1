import type { Hasher } from "./algorithms.ts";

/** Reflected Castagnoli polynomial (RFC 3720, appendix B.4). */
const POLYNOMIAL = 0x82f63b78;
const LANES = 8;

/** TABLES[lane * 256 + byte]: what `byte` contributes when `lane` more bytes follow it in the same step. */
const TABLES = buildTables();

/** CRC-32C, eight bytes a step: Node has no native one. */
export class Crc32c implements Hasher {
  #value = 0xffffffff | 0;

  update(bytes: Uint8Array): void {
    const table = TABLES;
    const whole = bytes.length - (bytes.length % LANES);
    let crc = this.#value;
    let i = 0;
    for (; i < whole; i += LANES) {
      const low = crc ^ word(bytes, i);
      const high = word(bytes, i + 4);
      crc =
        at(table, 1792 + (low & 255)) ^
        at(table, 1536 + ((low >>> 8) & 255)) ^
        at(table, 1280 + ((low >>> 16) & 255)) ^
        at(table, 1024 + (low >>> 24)) ^
        at(table, 768 + (high & 255)) ^
        at(table, 512 + ((high >>> 8) & 255)) ^
        at(table, 256 + ((high >>> 16) & 255)) ^
        at(table, high >>> 24);
    }
    for (; i < bytes.length; i++) crc = (crc >>> 8) ^ at(table, (crc ^ (bytes[i] ?? 0)) & 255);
    this.#value = crc;
  }

  digest(): Buffer {
    const result = Buffer.alloc(4);
    result.writeInt32BE(~this.#value);
    return result;
  }
}

function word(bytes: Uint8Array, i: number): number {
  return (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24);
}

function at(table: Int32Array, i: number): number {
  return table[i] ?? 0;
}

function buildTables(): Int32Array {
  const tables = new Int32Array(256 * LANES);
  for (let byte = 0; byte < 256; byte++) {
    let value = byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
    tables[byte] = value;
  }
  for (let i = 256; i < tables.length; i++) {
    const shorter = at(tables, i - 256);
    tables[i] = (shorter >>> 8) ^ at(tables, shorter & 255);
  }
  return tables;
}
