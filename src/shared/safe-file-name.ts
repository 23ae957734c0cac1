/**
 * A file name that every file system takes: FAT, NTFS, APFS, ext4.
 * https://learn.microsoft.com/windows/win32/fileio/naming-a-file
 */

/** Bytes of UTF-8: most file systems stop at 255, and the browser may add " (1)" or ".crdownload". */
const longest = 200;

/** Controls, and marks that change the reading direction: "gpj.exe" must not be made to look like "exe.jpg". */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const invisible = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
const forbidden = /["*/:<>?\\|]/g;
/** Names of devices in Windows, with any ending. */
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;

/** The name in NFC with forbidden characters as `_`; `fallback` when nothing is left. The ending is kept when it is cut. */
export function safeFileName(name: string, fallback = "file"): string {
  const clean = cleanName(name);
  const named = clean === "" ? fallback : clean;
  return shorten(reserved.test(named) ? `_${named}` : named);
}

/** The same for a part of a name: what is forbidden as `_`, "" when nothing is left; neither cut nor checked for reserved names. */
export function cleanName(name: string): string {
  return trim(
    name
      .replace(/\p{Surrogate}/gu, "_")
      .normalize("NFC")
      .replace(invisible, "")
      .replace(forbidden, "_"),
  );
}

/** Windows drops dots and spaces at the end; a dot at the start hides the file elsewhere. */
function trim(name: string): string {
  return name.replace(/^[\s.]+/u, "").replace(/[\s.]+$/u, "");
}

function shorten(name: string): string {
  if (utf8Length(name) <= longest) return name;
  const { stem, ending } = splitEnding(name);
  const room = longest - utf8Length(ending);
  let kept = "";
  let used = 0;
  // By code point, so that no surrogate pair is cut.
  for (const character of stem) {
    used += utf8Length(character);
    if (used > room) break;
    kept += character;
  }
  return trim(kept) === "" ? `file${ending}` : `${trim(kept)}${ending}`;
}

/** `photo.tar` + `.gz`: the ending is the last dot and at most 16 characters. Names that start with a dot have none. */
export function splitEnding(name: string): { stem: string; ending: string } {
  const ending = /.(\.[^.\s]{1,16})$/u.exec(name)?.[1] ?? "";
  return { stem: name.slice(0, name.length - ending.length), ending };
}

export function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
