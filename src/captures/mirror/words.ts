/** Search for words: in any order, whatever their case and accents. */
import type { CaptureRow } from "../../messaging/captures-view.ts";

/** The words that are searched for. */
export function wordsOf(text: string): string[] {
  return folded(text).split(/\s+/).filter(Boolean);
}

/** What words are searched in. */
export function searchedText({ title, url, note, tags, path }: CaptureRow): string {
  return folded([title, readable(url), note, ...tags, path].join("\n"));
}

/** @param text a `searchedText` */
export function holdsWords(text: string, words: string[]): boolean {
  return words.every((word) => text.includes(word));
}

function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/** People search for what they see in the address bar. */
function readable(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
