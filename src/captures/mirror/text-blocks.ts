/**
 * What words are searched in, in blocks of neighbours: a browser takes as long for a small record as for a large one, and words
 * that nothing holds are looked for in all of them.
 */
import { timeLeft } from "./mirror-row.ts";

/** Texts by rank. */
export type TextBlock = Map<string, string>;

/** Milliseconds that a block is long: a day and a half. One capture more writes no more than its neighbours again. */
const length = 2 ** 27;

/** The block of a rank: those of newer ranks come first. */
export function blockOf(rank: string): number {
  return Math.floor(timeLeft(rank) / length);
}

/** Texts of blocks, in the order of their ranks. */
export function textsOf(blocks: TextBlock[]): [rank: string, text: string][] {
  return blocks.flatMap((block) => [...block].sort(([a], [b]) => (a < b ? -1 : 1)));
}
