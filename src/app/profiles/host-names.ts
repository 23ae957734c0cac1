/** The host of a match pattern such as `https://login.example.com/*`. */
export function hostName(pattern: string): string {
  return pattern.replace(/^[^:]+:\/\//, "").replace(/\/.*$/, "");
}

/**
 * The host of an address in the letters that the network uses, where the address is written in others: names of other alphabets
 * can look like a name that one knows. Null where both are the same.
 */
export function asciiHost(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const { hostname } = new URL(url);
  return url.toLowerCase().includes(hostname) ? null : hostname;
}
