// @ts-check

/**
 * @typedef {object} Summary
 * @property {number} median
 * @property {[number, number]} spread first and third quartile
 */

/** @param {number[]} values at least one @returns {Summary} */
export function summary(values) {
  if (values.length === 0) throw new Error("Nothing was measured");
  const sorted = [...values].sort((a, b) => a - b);
  return { median: quantile(sorted, 0.5), spread: [quantile(sorted, 0.25), quantile(sorted, 0.75)] };
}

/** Linear between the neighbours. @param {number[]} sorted @param {number} part 0–1 */
function quantile(sorted, part) {
  const place = (sorted.length - 1) * part;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

/** @param {number} value */
export const round = (value) => Number(value.toPrecision(value >= 1000 ? 4 : 3));
