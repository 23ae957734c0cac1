/** The grammar of templates: `captures/<yyyy>/<title:60|name>-<id>`. docs/naming.md is its guide. */
import { HoldallError } from "../holdall-error.ts";
import { utf8Length } from "../safe-file-name.ts";
import { isVariable, takesLength, type Variable, widthOf } from "./variables.ts";

/** Why a template is not one: the second substitution of `capture-template`. */
export type TemplateFault =
  | "empty"
  | "no-name"
  | "absolute"
  | "dot-segment"
  | "character"
  | "unclosed"
  | "variable"
  | "length"
  | "too-long";

export interface Choice {
  variable: Variable;
  /** Characters; null when the template names none. */
  length: number | null;
}

/** Literal text, or the first of these that is not empty. */
export type Part = string | Choice[];

/** Bytes of UTF-8 that literal text and what is never shortened may take; the rest is room for titles and names. */
const segmentRoom = 140;
const pathRoom = 500;
const deepest = 20;
const longestLength = 200;
/** What no name on Windows may hold; `<` and `>` belong to the grammar, `/` separates folders. */
const forbidden = /["*:>?\\]|\p{Cc}|\p{Cs}|[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/**
 * The segments of a template, each of its parts; the last one is the file's name.
 * @throws HoldallError `capture-template` with the template, the fault, and the part that is at fault
 */
export function parseTemplate(template: string): Part[][] {
  const fail = (fault: TemplateFault, part: string): never => {
    throw new HoldallError("capture-template", { subs: [template, fault, part] });
  };
  const text = template.normalize("NFC").trim();
  if (text === "") return fail("empty", "");
  if (text.startsWith("/")) return fail("absolute", "/");

  const segments: Part[][] = [[]];
  const add = (part: Part) => segments[segments.length - 1]?.push(part);
  let at = 0;
  while (at < text.length) {
    if (text[at] === "/") {
      segments.push([]);
      at += 1;
    } else if (text[at] === "<") {
      const end = text.indexOf(">", at);
      const inside = text.slice(at + 1, end);
      if (end === -1 || inside.includes("<")) return fail("unclosed", text.slice(at, at + 40));
      add(inside.split("|").map((word) => parseChoice(word, (fault) => fail(fault, `<${word}>`))));
      at = end + 1;
    } else {
      const [literal = ""] = /^[^/<]+/.exec(text.slice(at)) ?? [];
      const [wrong] = forbidden.exec(literal) ?? (literal.includes("|") ? ["|"] : []);
      if (wrong !== undefined) return fail("character", wrong);
      add(literal);
      at += literal.length;
    }
  }

  for (const parts of segments) {
    const [only = "", ...more] = parts;
    if (more.length === 0 && typeof only === "string" && /^\.{1,2}$/.test(only.trim()))
      return fail("dot-segment", only.trim());
  }
  if ((segments.at(-1) ?? []).every((part) => typeof part === "string" && /^[\s.]*$/.test(part)))
    return fail("no-name", "");
  const widths = segments.map((parts) => parts.reduce((sum, part) => sum + fixedWidth(part), 0));
  const total = widths.reduce((sum, width) => sum + width + 1, 0);
  if (segments.length > deepest || total > pathRoom || widths.some((width) => width > segmentRoom))
    return fail("too-long", "");
  return segments;
}

function parseChoice(word: string, fail: (fault: TemplateFault) => never): Choice {
  const [name = "", length, ...more] = word.split(":").map((text) => text.trim());
  if (!isVariable(name)) return fail("variable");
  if (length === undefined) return { variable: name, length: null };
  const number = Number(length);
  if (more.length > 0 || !/^\d{1,3}$/.test(length) || number < 1 || number > longestLength || !takesLength(name))
    return fail("length");
  return { variable: name, length: number };
}

/** The most bytes that cannot be taken from a part when the path gets too long. */
function fixedWidth(part: Part): number {
  if (typeof part === "string") return utf8Length(part);
  return Math.max(0, ...part.map(({ variable, length }) => widthOf(variable, length)));
}
