/** ULIDs: 48 bits of time, 80 random bits, in Crockford's base 32; they sort by creation. https://github.com/ulid/spec */

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const timeDigits = 10;
const randomDigits = 16;

export interface UlidSource {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Fills the array with random bytes. */
  random(bytes: Uint8Array<ArrayBuffer>): void;
}

/**
 * A generator whose every ULID is greater than the one before, also within a millisecond and when the clock goes back:
 * then the random part counts up, as the specification's monotonic variant does.
 */
export function createUlid(source: UlidSource): () => string {
  let time = -1;
  let digits: number[] = [];
  return () => {
    const now = Math.floor(source.now());
    if (now > time) {
      time = now;
      digits = drawDigits(source);
    } else if (!increment(digits)) {
      time += 1;
      digits = drawDigits(source);
    }
    return encodeTime(time) + digits.map((digit) => alphabet.charAt(digit)).join("");
  };
}

function drawDigits(source: UlidSource): number[] {
  const bytes = new Uint8Array(randomDigits);
  source.random(bytes);
  return [...bytes].map((byte) => byte & 31);
}

/** Adds one in place; false when all digits were at their highest. */
function increment(digits: number[]): boolean {
  for (let at = digits.length - 1; at >= 0; at--) {
    const digit = digits[at] ?? 0;
    if (digit < 31) {
      digits[at] = digit + 1;
      return true;
    }
    digits[at] = 0;
  }
  return false;
}

/** The ten characters that ULIDs of a millisecond begin with. @param time milliseconds since the epoch, up to 48 bits */
export function encodeTime(time: number): string {
  let text = "";
  let rest = time;
  for (let digit = 0; digit < timeDigits; digit++) {
    text = alphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** When a ULID was made, milliseconds since the epoch. */
export function timeOfUlid(ulid: string): number {
  const digits = Array.from(ulid.slice(0, timeDigits), (digit) => alphabet.indexOf(digit));
  return digits.reduce((time, digit) => time * 32 + digit, 0);
}

/** A new ULID. */
export const ulid = createUlid({ now: Date.now, random: (bytes) => void crypto.getRandomValues(bytes) });

export function isUlid(text: string): boolean {
  return /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(text);
}
