import type { ChecksumAlgorithm } from "./algorithms.ts";

/** Reflected polynomials; in reflected form the highest bit is the coefficient of x⁰. */
const FIELDS: Partial<Record<ChecksumAlgorithm, { width: bigint; polynomial: bigint }>> = {
  CRC32: { width: 32n, polynomial: 0xedb88320n },
  CRC32C: { width: 32n, polynomial: 0x82f63b78n },
  CRC64NVME: { width: 64n, polynomial: 0x9a6c9329ac4bc9b5n },
};

/**
 * The CRC of a concatenation, from the CRCs and sizes of its pieces, without their bytes: appending n bytes multiplies
 * the CRC polynomial by x^(8n).
 *
 * @param pieces checksums in base64, sizes in bytes
 * @throws TypeError for an algorithm that is not a CRC
 */
export function combineCrcs(
  algorithm: ChecksumAlgorithm,
  pieces: readonly { checksum: string; size: number }[],
): string {
  const field = FIELDS[algorithm];
  if (field === undefined) throw new TypeError(`${algorithm} of parts cannot be combined`);
  // Nearly all parts of an upload have the same size.
  const shifts = new Map<number, bigint>();
  let result = 0n;
  for (const { checksum, size } of pieces) {
    let shift = shifts.get(size);
    if (shift === undefined) {
      shift = powerOfX(8n * BigInt(size), field);
      shifts.set(size, shift);
    }
    result = multiply(result, shift, field) ^ BigInt(`0x${Buffer.from(checksum, "base64").toString("hex")}`);
  }
  const digits = Number(field.width / 4n);
  return Buffer.from(result.toString(16).padStart(digits, "0"), "hex").toString("base64");
}

interface Field {
  width: bigint;
  polynomial: bigint;
}

function multiply(a: bigint, b: bigint, { width, polynomial }: Field): bigint {
  let product = 0n;
  let shifted = b;
  for (let bit = width - 1n; bit >= 0n; bit--) {
    if ((a >> bit) & 1n) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ polynomial : shifted >> 1n;
  }
  return product;
}

function powerOfX(exponent: bigint, field: Field): bigint {
  let result = 1n << (field.width - 1n);
  let square = 1n << (field.width - 2n);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = multiply(result, square, field);
    square = multiply(square, square, field);
  }
  return result;
}
