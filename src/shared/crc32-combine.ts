/**
 * The CRC-32 of a whole from those of its pieces, without their bytes.
 *
 * A CRC is the remainder of the message, as a polynomial over GF(2), modulo P. Appending n bytes multiplies what came before
 * by x^(8n), so crc(A ‖ B) = crc(A) · x^(8·|B|) + crc(B) mod P; the inversions before and after cancel out (Mark Adler's
 * `crc32_combine`, zlib). Polynomials are kept as CRC-32 keeps them: bit 31 is x^0, bit 0 is x^31.
 */

/** P without x^32, in that order of bits. */
const polynomial = 0xedb88320;
/** x^0. */
const one = 0x80000000;
/** x^1. */
const x = 0x40000000;

/** The product of two polynomials modulo P. */
function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bit = one; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= shifted;
    shifted = shifted & 1 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
  }
  return product >>> 0;
}

/** x^(2^k), k from 0 to 31; they come round after that, since x has the order 2^32 - 1. */
const squares = buildSquares();

function buildSquares(): Uint32Array {
  const table = new Uint32Array(32);
  let power = x;
  for (let k = 0; k < table.length; k++) {
    table[k] = power;
    power = multiply(power, power);
  }
  return table;
}

/** x^(8 · size). Sizes go beyond 32 bits, so they are halved, not shifted. */
function powerFor(size: number): number {
  let power = one;
  // 8 = 2^3: the lowest bit of the size stands for x^(2^3).
  for (let left = size, k = 3; left > 0; left = Math.floor(left / 2), k = (k + 1) % 32) {
    if (left % 2 === 1) power = multiply(power, squares[k] ?? one);
  }
  return power;
}

/**
 * The CRC-32 of two pieces in a row, as an unsigned number.
 * @param first of the first piece
 * @param second of the second piece
 * @param size bytes of the second piece, a safe integer
 */
export function crc32Combine(first: number, second: number, size: number): number {
  return (multiply(first >>> 0, powerFor(size)) ^ second) >>> 0;
}
