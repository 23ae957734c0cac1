/** What may stand between `<` and `>` in a template, and what it stands for. */
import { percentDecoded } from "../percent-decoded.ts";
import { cleanName, splitEnding } from "../safe-file-name.ts";
import { firstCharacters } from "./cut-text.ts";

/** What is known of a capture when it gets its name. */
export interface CaptureFacts {
  kind: string;
  /** Address of what was captured. */
  url: string;
  /** Address of the page. */
  page: string;
  title: string;
  /** A file name that the source suggests, without ending; "" when there is none. */
  name: string;
  /** Host of the page. */
  site: string;
  /** Media type. */
  type: string;
  /** Without the dot. */
  extension: string;
  /** Lower-case hex. */
  sha256: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** ULID. */
  id: string;
  /** How many captures were named with a counter before, plus one. */
  counter: number;
}

interface VariableRule {
  value(facts: CaptureFacts, length: number | null): string;
  /** `text` is shortened when a path gets too long, else: the bytes that it takes at most. */
  width: "text" | number;
  /** Whether `:n` may follow. Text is cut to that many characters; the others say what they do with it. */
  lengths: boolean;
}

const text = (value: (facts: CaptureFacts) => string): VariableRule => ({
  value: (facts, length) => {
    // Four kilobytes of title are clean as quickly as one; a megabyte is not.
    const clean = cleanName(value(facts).slice(0, 4096).replace(/\s+/gu, " "));
    return length === null ? clean : cleanName(firstCharacters(clean, length));
  },
  width: "text",
  lengths: true,
});

const fixed = (width: number, value: (facts: CaptureFacts) => string): VariableRule => ({
  value: (facts) => cleanName(value(facts)).slice(0, width),
  width,
  lengths: false,
});

/** Of the time in UTC, as ISO 8601 writes it: the same on every device. */
const utc = (from: number, to: number) =>
  fixed(to - from, ({ at }) => new Date(at).toISOString().slice(from, to).replaceAll(":", "-"));

/** Of this device's clock. */
const local = (part: (time: Date) => number[], width: number) =>
  fixed(width, ({ at }) =>
    part(new Date(at))
      .map((number) => String(number).padStart(2, "0"))
      .join("-"),
  );

const shortId = 8;

const variables = {
  name: text(({ name }) => name),
  title: text(({ title }) => title),
  site: text(({ site }) => site),
  host: text(({ url }) => hostOf(url)),
  path: text(({ page }) => pathOf(page)),
  kind: fixed(20, ({ kind }) => kind),
  type: fixed(60, ({ type }) => type.replace(/;.*$/s, "").trim().toLowerCase().replaceAll("/", "-")),
  ext: fixed(16, ({ extension }) => endingOf(extension)),
  date: utc(0, 10),
  time: utc(11, 19),
  yyyy: utc(0, 4),
  mm: utc(5, 7),
  dd: utc(8, 10),
  hh: utc(11, 13),
  mi: utc(14, 16),
  ss: utc(17, 19),
  "local-date": local((time) => [time.getFullYear(), time.getMonth() + 1, time.getDate()], 10),
  "local-time": local((time) => [time.getHours(), time.getMinutes(), time.getSeconds()], 8),
  hash: { value: ({ sha256 }, length) => sha256.slice(0, length ?? 64), width: 64, lengths: true },
  // The end of a ULID is random, its beginning is the time.
  id: { value: ({ id }, length) => id.slice(-(length ?? shortId)).toLowerCase(), width: 26, lengths: true },
  // At least that many digits.
  counter: {
    value: ({ counter }, length) => String(counter).padStart(Math.min(length ?? 1, 20), "0"),
    width: 20,
    lengths: true,
  },
} satisfies Record<string, VariableRule>;

export type Variable = keyof typeof variables;

export const variableNames = Object.keys(variables) as Variable[];

export function isVariable(name: string): name is Variable {
  return Object.hasOwn(variables, name);
}

export function takesLength(name: Variable): boolean {
  return ruleOf(name).lengths;
}

/** Is it shortened when the path gets too long? */
export function isText(name: Variable): boolean {
  return ruleOf(name).width === "text";
}

/** The most bytes that it takes and that cannot be taken from it. */
export function widthOf(name: Variable, length: number | null): number {
  const { width } = ruleOf(name);
  if (width === "text") return 0;
  return name === "counter" || length === null ? width : Math.min(width, length);
}

/** Without anything that a file system does not take, on one line; "" when nothing is known. */
export function variableValue(name: Variable, facts: CaptureFacts, length: number | null): string {
  return ruleOf(name).value(facts, length);
}

/** The file's ending without the dot, in small letters and digits. */
export function endingOf(extension: string): string {
  return extension
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "")
    .slice(0, 16);
}

function ruleOf(name: Variable): VariableRule {
  return variables[name];
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : "";
}

/** `/docs/Intro.html` → `docs-Intro`. */
function pathOf(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return "";
  const words = url.pathname.split("/").filter((word) => word !== "");
  const last = words.at(-1) ?? "";
  const { stem, ending } = splitEnding(last);
  const page = /^\.(?:x?html?|php|aspx?|jsp)$/i.test(ending) ? stem : last;
  return [...words.slice(0, -1), page].map(percentDecoded).join("-");
}
