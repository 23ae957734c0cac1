// @ts-check
import { summary } from "./statistics.mjs";

/**
 * Measures several contestants turn by turn, so that what the machine does meanwhile hits all of them alike. Who begins
 * changes with every turn; the first turns are thrown away.
 *
 * @template {string} Name
 * @param {Record<Name, () => Promise<number>>} contestants each runs once and gives its figure
 * @param {{ runs: number, warmUp: number, seconds?: number }} options `seconds`: when they are over no further turn begins,
 *   once three count
 * @returns {Promise<Record<Name, import("./statistics.mjs").Summary>>}
 */
export async function interleave(contestants, { runs, warmUp, seconds = Number.POSITIVE_INFINITY }) {
  const names = /** @type {Name[]} */ (Object.keys(contestants));
  const figures = new Map(names.map((name) => [name, /** @type {number[]} */ ([])]));
  const end = performance.now() + seconds * 1000;
  for (let turn = 0; turn < warmUp + runs; turn += 1) {
    if (turn >= warmUp + 3 && performance.now() > end) break;
    for (let place = 0; place < names.length; place += 1) {
      const name = /** @type {Name} */ (names[(turn + place) % names.length]);
      const figure = await contestants[name]();
      if (turn >= warmUp) figures.get(name)?.push(figure);
    }
  }
  return /** @type {Record<Name, import("./statistics.mjs").Summary>} */ (
    Object.fromEntries(names.map((name) => [name, summary(figures.get(name) ?? [])]))
  );
}
