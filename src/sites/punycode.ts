/** Host names in their own script: the decoder of RFC 3492, section 6.2. Browsers have one, and show it to no script. */

const base = 36;
const tMin = 1;
const tMax = 26;
const skew = 38;
const damp = 700;

/** `xn--mnchen-3ya.example` → `münchen.example`. A label that is none stays as it is. */
export function toUnicode(hostname: string): string {
  return hostname
    .split(".")
    .map((label) => (label.startsWith("xn--") ? (decode(label.slice(4)) ?? label) : label))
    .join(".");
}

function decode(input: string): string | null {
  const split = input.lastIndexOf("-");
  const output = [...input.slice(0, Math.max(0, split))].map((character) => character.charCodeAt(0));
  let code = 128;
  let place = 0;
  let bias = 72;
  for (let at = split < 0 ? 0 : split + 1; at < input.length; ) {
    const before = place;
    let weight = 1;
    for (let k = base; ; k += base) {
      const digit = digitOf(input.charCodeAt(at++));
      if (digit === null) return null;
      place += digit * weight;
      const threshold = k <= bias ? tMin : k >= bias + tMax ? tMax : k - bias;
      if (digit < threshold) break;
      weight *= base - threshold;
    }
    bias = adapt(place - before, output.length + 1, before === 0);
    code += Math.floor(place / (output.length + 1));
    place %= output.length + 1;
    if (code > 0x10ffff) return null;
    output.splice(place++, 0, code);
  }
  // `xn--bank-` would read as `bank`, which is another host.
  return output.some((one) => one > 127) ? String.fromCodePoint(...output) : null;
}

function digitOf(code: number): number | null {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  return null;
}

function adapt(delta: number, length: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? damp : 2));
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((base - tMin) * tMax) / 2; k += base) rest = Math.floor(rest / (base - tMin));
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew));
}
