/** Shortens without cutting what one sees as a character in half: emoji, letters with combining marks. */
import { utf8Length } from "../safe-file-name.ts";

const characters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** The first `count` characters. */
export function firstCharacters(text: string, count: number): string {
  // A character is at least one unit long, so a text that is shorter needs no look.
  if (text.length <= count) return text;
  let kept = "";
  let left = count;
  for (const { segment } of characters.segment(text)) {
    if (left-- === 0) break;
    kept += segment;
  }
  return kept;
}

/** As many whole characters as fit into `bytes` of UTF-8. */
export function firstBytes(text: string, bytes: number): string {
  if (utf8Length(text) <= bytes) return text;
  let kept = "";
  let used = 0;
  for (const { segment } of characters.segment(text)) {
    used += utf8Length(segment);
    if (used > bytes) break;
    kept += segment;
  }
  return kept;
}
