/** The first line of a selection in Markdown: the page's title, that leads there. */
export function sourceLine({ url, title }: { url: string; title: string }): string {
  const words = oneLine(title) || oneLine(url);
  const text = words.replace(/[\\`*_[\]<>&!~|#]/g, "\\$&");
  return `[${text}](${encodeAddress(url)})`;
}

const oneLine = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

/** What would end the address, or begin a line. */
function encodeAddress(url: string): string {
  return url.replace(/[\s()<>\\\p{Cc}]/gu, (character) =>
    // encodeURIComponent leaves brackets alone.
    character === "(" ? "%28" : character === ")" ? "%29" : encodeURIComponent(character),
  );
}
