import { createHash } from "node:crypto";

/** A number that looks like chance, 0 ≤ x < 1, and is the same for the same seed and text. */
export function chance(seed: number, text: string): number {
  return createHash("sha1").update(`${seed} ${text}`).digest().readUInt32BE(0) / 2 ** 32;
}
