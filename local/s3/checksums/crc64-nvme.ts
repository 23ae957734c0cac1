import type { Hasher } from "./algorithms.ts";

/** Reflected polynomial of the NVM Express command set's 64-bit CRC, in two halves. */
const POLYNOMIAL_HIGH = 0x9a6c9329 | 0;
const POLYNOMIAL_LOW = 0xac4bc9b5 | 0;
const LANES = 8;

/** Two halves of the table of Crc32c's kind: 64-bit numbers without BigInt. */
const HIGH = new Int32Array(256 * LANES);
const LOW = new Int32Array(256 * LANES);
buildTables();

/** CRC-64/NVME, eight bytes a step. */
export class Crc64Nvme implements Hasher {
  #high = -1;
  #low = -1;

  update(bytes: Uint8Array): void {
    const whole = bytes.length - (bytes.length % LANES);
    let high = this.#high;
    let low = this.#low;
    let i = 0;
    for (; i < whole; i += LANES) {
      const first = low ^ word(bytes, i);
      const second = high ^ word(bytes, i + 4);
      high = step(HIGH, first, second);
      low = step(LOW, first, second);
    }
    for (; i < bytes.length; i++) {
      const entry = (low ^ (bytes[i] ?? 0)) & 255;
      low = ((low >>> 8) | (high << 24)) ^ at(LOW, entry);
      high = (high >>> 8) ^ at(HIGH, entry);
    }
    this.#high = high;
    this.#low = low;
  }

  digest(): Buffer {
    const result = Buffer.alloc(8);
    result.writeInt32BE(~this.#high, 0);
    result.writeInt32BE(~this.#low, 4);
    return result;
  }
}

function step(table: Int32Array, first: number, second: number): number {
  return (
    at(table, 1792 + (first & 255)) ^
    at(table, 1536 + ((first >>> 8) & 255)) ^
    at(table, 1280 + ((first >>> 16) & 255)) ^
    at(table, 1024 + (first >>> 24)) ^
    at(table, 768 + (second & 255)) ^
    at(table, 512 + ((second >>> 8) & 255)) ^
    at(table, 256 + ((second >>> 16) & 255)) ^
    at(table, second >>> 24)
  );
}

function word(bytes: Uint8Array, i: number): number {
  return (bytes[i] ?? 0) | ((bytes[i + 1] ?? 0) << 8) | ((bytes[i + 2] ?? 0) << 16) | ((bytes[i + 3] ?? 0) << 24);
}

function at(table: Int32Array, i: number): number {
  return table[i] ?? 0;
}

function buildTables(): void {
  for (let byte = 0; byte < 256; byte++) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit++) {
      const carry = low & 1;
      low = (low >>> 1) | (high << 31);
      high = high >>> 1;
      if (carry) {
        high ^= POLYNOMIAL_HIGH;
        low ^= POLYNOMIAL_LOW;
      }
    }
    HIGH[byte] = high;
    LOW[byte] = low;
  }
  for (let i = 256; i < LOW.length; i++) {
    const high = at(HIGH, i - 256);
    const low = at(LOW, i - 256);
    LOW[i] = ((low >>> 8) | (high << 24)) ^ at(LOW, low & 255);
    HIGH[i] = (high >>> 8) ^ at(HIGH, low & 255);
  }
}
