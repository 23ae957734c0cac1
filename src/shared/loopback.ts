/**
 * True when `hostname` (as `URL.hostname` writes it) can only be this machine: RFC 6761 `localhost` and names below it,
 * 127.0.0.0/8, ::1. These are the only hosts that may be spoken to without TLS.
 */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}
