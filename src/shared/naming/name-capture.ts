/** Where a capture goes: by the first rule that matches, in characters that every file system takes. */
import { cleanName, safeFileName, utf8Length } from "../safe-file-name.ts";
import { firstBytes } from "./cut-text.ts";
import { type Part, parseTemplate } from "./parse-template.ts";
import { siteMatches } from "./site-matches.ts";
import { type CaptureFacts, endingOf, isText, variableValue } from "./variables.ts";

export type IfExists = "keep-both" | "replace" | "skip" | "ask";

export interface Naming {
  /** The first that matches names the capture. */
  rules: readonly { site: string; kinds: readonly string[]; template: string; ifExists: IfExists }[];
  fallback: { template: string; ifExists: IfExists };
}

/** Bytes of UTF-8. File systems stop at 255: the rest is for " (2)" and what browsers add while they save. */
const longestSegment = 180;
/** Bytes of UTF-8: with the longest identity the key stays within S3's 1,024. */
const longestPath = 740;

interface Piece {
  text: string;
  /** May be shortened. */
  soft: boolean;
}

/**
 * The path inside the folder. Times are in UTC, `local-…` aside: the same facts give the same path on every device.
 * @throws HoldallError `capture-template`
 */
export function nameCapture(naming: Naming, facts: CaptureFacts): { path: string; ifExists: IfExists } {
  const { template, ifExists } = ruleFor(naming, facts);
  return { path: renderTemplate(template, facts), ifExists };
}

/** The rule that names a capture. */
export function ruleFor(
  { rules, fallback }: Naming,
  { site, kind }: Pick<CaptureFacts, "site" | "kind">,
): Naming["fallback"] {
  const first = rules.find(
    (rule) => (rule.kinds.length === 0 || rule.kinds.includes(kind)) && siteMatches(rule.site, site),
  );
  return first ?? fallback;
}

function renderTemplate(template: string, facts: CaptureFacts): string {
  const segments = parseTemplate(template);
  const ending = endingOf(facts.extension);
  const pieces = segments.map((parts) => parts.map((part) => pieceOf(part, facts)));
  if (!uses(segments.at(-1) ?? [], "ext") && ending !== "") addEnding(pieces.at(-1) ?? [], `.${ending}`);
  for (const segment of pieces) shorten(segment, longestSegment);
  shorten(pieces.flat(), longestPath - pieces.length);

  const folders = pieces.slice(0, -1).map((segment) => safeFileName(textOf(segment), ""));
  return [...folders.filter((folder) => folder !== ""), fileName(textOf(pieces.at(-1) ?? []), ending, facts)].join("/");
}

/** Once: "photo.jpg" is what tabs with a picture are called. */
function addEnding(pieces: Piece[], ending: string): void {
  const last = pieces.at(-1);
  if (last?.text.toLowerCase().endsWith(ending)) last.text = last.text.slice(0, -ending.length);
  pieces.push({ text: ending, soft: false });
}

/** A file whose template comes to nothing is called by kind and id. */
function fileName(text: string, ending: string, facts: CaptureFacts): string {
  const dotted = ending === "" ? "" : `.${ending}`;
  const stem = dotted !== "" && text.toLowerCase().endsWith(dotted) ? text.slice(0, -dotted.length) : text;
  if (cleanName(stem) !== "")
    return safeFileName(stem === text ? text : `${cleanName(stem)}${text.slice(stem.length)}`);
  return safeFileName(`${variableValue("kind", facts, null)}-${variableValue("id", facts, null)}${dotted}`);
}

function pieceOf(part: Part, facts: CaptureFacts): Piece {
  if (typeof part === "string") return { text: part, soft: false };
  for (const { variable, length } of part) {
    const text = variableValue(variable, facts, length);
    if (text !== "") return { text, soft: isText(variable) };
  }
  return { text: "", soft: false };
}

function uses(parts: Part[], variable: string): boolean {
  return parts.some((part) => typeof part !== "string" && part.some((choice) => choice.variable === variable));
}

function textOf(pieces: Piece[]): string {
  return pieces.map(({ text }) => text).join("");
}

/** Cuts the longest texts, all to one length, until everything fits into `room` bytes. */
function shorten(pieces: Piece[], room: number): void {
  const soft = pieces.filter((piece) => piece.soft);
  const hard = pieces.filter((piece) => !piece.soft).reduce((sum, { text }) => sum + utf8Length(text), 0);
  const level = highestLevel(
    soft.map(({ text }) => utf8Length(text)),
    Math.max(0, room - hard),
  );
  for (const piece of soft) piece.text = firstBytes(piece.text, level).trimEnd();
}

/** The highest level so that the lengths, cut to it, sum up to `room` at most. */
function highestLevel(lengths: number[], room: number): number {
  let left = room;
  const ascending = lengths.toSorted((a, b) => a - b);
  for (const [index, length] of ascending.entries()) {
    const share = Math.floor(left / (ascending.length - index));
    if (length > share) return share;
    left -= length;
  }
  return Number.POSITIVE_INFINITY;
}
