/** Addresses in CSS, found without understanding the rest of it. */

export interface CssAddress {
  /** As written, escapes resolved. */
  address: string;
  /** `import`: a style sheet. `font`: within @font-face. */
  role: "import" | "font" | "image";
}

/**
 * Comments and other strings are passed over: an address in them is none. Groups: import's string, a quoted `url()`, a bare one.
 * https://www.w3.org/TR/css-syntax-3/#tokenization
 */
const token =
  /\/\*[\s\S]*?(?:\*\/|$)|@font-face\b|\}|(@import\s+)?(?:url\(\s*(?:("(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|((?:[^\s"'()\\]|\\[0-9a-f]{1,6}\s?|\\[\s\S])+))\s*\)|("(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'))/gi;

/** Text with every address replaced by what `replace` makes of it. Addresses of the document itself (`#…`) stay. */
export async function replaceAddresses(css: string, replace: (found: CssAddress) => Promise<string>): Promise<string> {
  const parts: (string | Promise<string>)[] = [];
  let end = 0;
  let inFont = false;
  for (const match of css.matchAll(token)) {
    const [whole, atImport = "", quoted, bare, string] = match;
    if (whole === "}") inFont = false;
    else if (/^@font-face$/i.test(whole)) inFont = true;
    const written = quoted ?? bare ?? (atImport === "" ? undefined : string);
    if (written === undefined) continue;
    const address = withoutEscapes(bare === undefined ? written.slice(1, -1) : written).trim();
    if (address === "" || address.startsWith("#")) continue;
    const role = atImport !== "" ? "import" : inFont ? "font" : "image";
    parts.push(css.slice(end, match.index), atImport);
    parts.push(replace({ address, role }).then((other) => `url("${other.replace(/["\\\n\r\f]/g, escapeCharacter)}")`));
    end = match.index + whole.length;
  }
  parts.push(css.slice(end));
  return (await Promise.all(parts)).join("");
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(?:([0-9a-f]{1,6})\s?|\r?\n|([\s\S]))/gi, (_, code?: string, character?: string) => {
    if (code === undefined) return character ?? "";
    const point = Number.parseInt(code, 16);
    return point === 0 || point > 0x10ffff ? "\ufffd" : String.fromCodePoint(point);
  });
}

const escapeCharacter = (character: string) => `\\${character.charCodeAt(0).toString(16)} `;
