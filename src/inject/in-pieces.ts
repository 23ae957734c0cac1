/** Characters. Larger answers take the browser long to hand over at once. */
const pieceLength = 4_000_000;

/** One text, cut where no character is cut. */
export function inPieces(parts: Iterable<string>, length = pieceLength): string[] {
  const pieces: string[] = [];
  let open: string[] = [];
  let size = 0;
  const close = () => {
    if (size > 0) pieces.push(open.join(""));
    open = [];
    size = 0;
  };
  for (const part of parts) {
    for (let at = 0; at < part.length; ) {
      let end = Math.min(part.length, at + length - size);
      // Between the halves of a character.
      if (end < part.length && /[\ud800-\udbff]/.test(part.charAt(end - 1))) end += 1;
      open.push(part.slice(at, end));
      size += end - at;
      at = end;
      if (size >= length) close();
    }
  }
  close();
  return pieces;
}
