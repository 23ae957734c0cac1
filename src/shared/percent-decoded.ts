/** A part of an address as people read it; as it stands where it holds a `%` that encodes nothing. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
