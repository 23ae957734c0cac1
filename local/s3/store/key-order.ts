/**
 * S3 lists keys in the order of their UTF-8 bytes. JavaScript compares UTF-16 units, which differs where surrogates
 * (U+10000 and above) meet U+E000 … U+FFFF. Moving those two ranges past each other makes `<` agree with UTF-8.
 */
const MOVED = /[\ud800-\uffff]/;
const EVERY_MOVED = /[\ud800-\uffff]/g;

/** A string whose `<` order is the UTF-8 order of `key`; for most keys it is `key` itself. */
export function keyOrder(key: string): string {
  if (!MOVED.test(key)) return key;
  return key.replace(EVERY_MOVED, (unit) => {
    const code = unit.charCodeAt(0);
    return String.fromCharCode(code < 0xe000 ? code + 0x2000 : code - 0x800);
  });
}

/** Comes after every key that starts with `prefix`, and before every other key that comes after `prefix`. */
export function afterPrefix(prefix: string): string {
  // A well-formed string never continues with the unit U+FFFF of this order: that is where U+DFFF went, a low surrogate.
  return `${keyOrder(prefix)}\uffff`;
}
