/** As in the protocol (captures-protocol.ts). */
export const mostTags = 50;
export const longestTag = 100;

/** Commas and line ends part tags; blanks at their ends and in rows do not count. */
function tagsIn(text: string): string[] {
  return text
    .split(/[,\r\n]+/)
    .map((tag) => cut(tag.replace(/\s+/g, " ").trim()))
    .filter((tag) => tag !== "");
}

/** Never between the halves of a surrogate pair. */
function cut(tag: string): string {
  const end = /[\uD800-\uDBFF]/.test(tag[longestTag - 1] ?? "") ? longestTag - 1 : longestTag;
  return tag.slice(0, end).trimEnd();
}

const same = (a: string, b: string) => a.toLocaleLowerCase() === b.toLocaleLowerCase();

/** The tags with those of `text` after them; one that is there already, in whatever case, stays where and as it is. */
export function withTags(tags: readonly string[], text: string): string[] {
  const all = [...tags];
  for (const tag of tagsIn(text)) {
    if (all.length < mostTags && !all.some((other) => same(other, tag))) all.push(tag);
  }
  return all;
}

/** Of `known`, most used first, those that `typed` is a part of and that are not there yet. */
export function suggestedTags(known: readonly string[], tags: readonly string[], typed: string): string[] {
  const part = typed.trim().toLocaleLowerCase();
  return known
    .filter((tag) => tag.toLocaleLowerCase().includes(part) && !tags.some((other) => same(other, tag)))
    .slice(0, 50);
}
