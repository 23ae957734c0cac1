import type { Random } from "./random.ts";

const STYLES: ((random: Random) => string)[] = [
  (random) => `report ${random.between(1, 999)}.pdf`,
  (random) => `plus+percent%20&amp;=${random.between(1, 99)}#?.txt`,
  // One letter and its accent, in two characters: as macOS writes names.
  (random) => `re\u0301sume\u0301 no\u0308 ${random.between(1, 99)}.docx`,
  (random) => `r\u00e9sum\u00e9 ${random.between(1, 99)}.docx`,
  (random) => `\u05de\u05e1\u05de\u05da \u05d7\u05e9\u05d5\u05d1 ${random.between(1, 99)}.bin`,
  (random) => `\u0645\u0644\u0641 ${random.between(1, 99)}.zip`,
  (random) => `\u{1f469}\u200d\u{1f4bb}\u{1f4be} ${random.between(1, 99)}.png`,
  (random) => `${"long name ".repeat(random.between(8, 22))}.bin`,
  (random) => `no ending ${random.between(1, 99)}`,
  (random) => `.hidden.${random.between(1, 99)}`,
  (random) => `twice (2) (${random.between(2, 9)}).tar.gz`,
  (random) => `'quoted' "name" ${random.between(1, 99)}~!@$^*;,.bin`,
];

/** A name as people have them, at most 240 bytes. */
export function randomName(random: Random): string {
  return random.pick(STYLES)(random);
}
