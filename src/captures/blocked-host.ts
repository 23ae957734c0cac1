/**
 * Addresses that a web page must not reach through the extension: a page could name `http://192.168.0.1/…` as the source of
 * an image, and the answer would be saved and shown. Literal addresses only: what a name resolves to cannot be seen here.
 * IANA special-purpose registries (RFC 6890, 4193, 4291, 6598).
 */

/** First address, prefix length. */
const blocked4: readonly [number, number][] = [
  [ip4(0, 0, 0, 0), 8],
  [ip4(10, 0, 0, 0), 8],
  [ip4(100, 64, 0, 0), 10],
  [ip4(127, 0, 0, 0), 8],
  [ip4(169, 254, 0, 0), 16],
  [ip4(172, 16, 0, 0), 12],
  [ip4(192, 0, 0, 0), 24],
  [ip4(192, 168, 0, 0), 16],
  [ip4(198, 18, 0, 0), 15],
  [ip4(224, 0, 0, 0), 3],
];

function ip4(a: number, b: number, c: number, d: number): number {
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

/** @param url parsed: the URL parser has already turned `0x7f.1` and `2130706433` into `127.0.0.1` */
export function isBlockedHost(url: URL): boolean {
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  if (host === "localhost" || host.endsWith(".localhost")) return true;
  if (host.startsWith("[")) return isBlocked6(parse6(host.slice(1, -1)));
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  if (parts === null) return false;
  const [, a, b, c, d] = parts.map(Number);
  return isBlocked4(ip4(a ?? 0, b ?? 0, c ?? 0, d ?? 0));
}

function isBlocked4(address: number): boolean {
  return blocked4.some(([network, length]) => address >>> (32 - length) === network >>> (32 - length));
}

/** Eight groups. The URL parser writes IPv6 compressed, in lower-case hex, without dotted parts or zones. */
function parse6(text: string): number[] {
  const [head = "", tail] = text.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16)));
  const before = groups(head);
  if (tail === undefined) return before;
  const after = groups(tail);
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}

function isBlocked6(groups: number[]): boolean {
  const [first = 0, second = 0] = groups;
  const last4 = (((groups[6] ?? 0) << 16) | (groups[7] ?? 0)) >>> 0;
  const leading = (count: number) => groups.slice(0, count).every((group) => group === 0);
  // Unspecified, loopback and the old IPv4-compatible form; IPv4-mapped; IPv4-translated (RFC 2765); NAT64 (RFC 6052).
  if (leading(6)) return last4 <= 1 || isBlocked4(last4);
  if (leading(5) && groups[5] === 0xffff) return isBlocked4(last4);
  if (leading(4) && groups[4] === 0xffff && groups[5] === 0) return isBlocked4(last4);
  if (first === 0x64 && second === 0xff9b) return isBlocked4(last4) || groups[2] === 1;
  // 6to4 carries the IPv4 address in its second and third group.
  if (first === 0x2002) return isBlocked4(((second << 16) | (groups[2] ?? 0)) >>> 0);
  const uniqueLocal = (first & 0xfe00) === 0xfc00;
  const linkOrSiteLocal = (first & 0xff80) === 0xfe80;
  const multicast = (first & 0xff00) === 0xff00;
  return uniqueLocal || linkOrSiteLocal || multicast;
}
