/** Filter types of PNG, https://www.w3.org/TR/png-3/#9Filters */
const sub = 1;
const up = 2;
/** Bytes of a pixel: red, green, blue. */
const pixelSize = 3;

/**
 * Writes filter type and filtered row. Of the two filters the one with the smaller sum of differences, as the specification
 * advises: screens repeat themselves from left to right or from top to bottom. @param row bytes @param before the row above
 */
export function filterRow(row: Uint8Array, before: Uint8Array, target: Uint8Array): void {
  let acrossSum = 0;
  let downSum = 0;
  for (let at = 0; at < row.length; at++) {
    const value = row[at] ?? 0;
    const across = (value - (at < pixelSize ? 0 : (row[at - pixelSize] ?? 0))) & 255;
    const down = (value - (before[at] ?? 0)) & 255;
    acrossSum += across < 128 ? across : 256 - across;
    downSum += down < 128 ? down : 256 - down;
  }
  const isAcross = acrossSum < downSum;
  target[0] = isAcross ? sub : up;
  for (let at = 0; at < row.length; at++) {
    const beside = isAcross ? (at < pixelSize ? 0 : (row[at - pixelSize] ?? 0)) : (before[at] ?? 0);
    target[at + 1] = (row[at] ?? 0) - beside;
  }
}
