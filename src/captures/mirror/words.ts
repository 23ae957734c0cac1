/** Search for words: in any order, whatever their case and accents. */
import type { CaptureRow } from "../../messaging/captures-view.ts";

/** The words that are searched for. */
export function wordsOf(text: string): string[] {
  return folded(text).split(/\s+/).filter(Boolean);
}

export function holdsWords(row: CaptureRow, words: string[]): boolean {
  if (words.length === 0) return true;
  const { title, url, note, tags, path } = row;
  const text = folded([title, readable(url), note, ...tags, path].join("\n"));
  return words.every((word) => text.includes(word));
}

function folded(text: string): string {
  // Most text has no accents, and to look is ten times as fast as to decompose.
  const plain = /^[\0-\x7f]*$/.test(text) ? text : text.normalize("NFD").replace(/\p{M}+/gu, "");
  return plain.toLowerCase();
}

/** People search for what they see in the address bar. */
function readable(url: string): string {
  if (!url.includes("%")) return url;
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
