/** The match pattern of an origin's host: patterns have no port in Firefox, so who asks is told by the origin itself. */
export function sitePattern(origin: string): string {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}
