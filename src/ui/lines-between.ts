/** Something that stands in a long list, in pixels from its top. */
export interface Placed {
  top: number;
  height: number;
}

/** The lines between two heights, and `spare` more on both sides. Lines follow each other from above. */
export function linesBetween<Line extends Placed>(lines: Line[], from: number, to: number, spare: number): Line[] {
  const first = firstEndingAfter(lines, from);
  const end = firstEndingAfter(lines, to);
  return lines.slice(Math.max(0, first - spare), end + 1 + spare);
}

function firstEndingAfter(lines: Placed[], y: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const line = lines[middle];
    if (line !== undefined && line.top + line.height <= y) low = middle + 1;
    else high = middle;
  }
  return low;
}
