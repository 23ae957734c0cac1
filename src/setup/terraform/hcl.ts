import { cutAtUnknowns, type Unknown } from "../unknowns.ts";

/** A value of Terraform's language, or an expression in it. */
export type Hcl = string | number | boolean | null | Expression | Hcl[] | { [name: string]: Hcl };

/** A piece of the language itself, such as `aws_s3_bucket.files.id`, or a call of a function with a value. */
export class Expression {
  constructor(
    readonly text: string,
    readonly argument?: Hcl,
  ) {}
}

export interface Block {
  type: string;
  labels: string[];
  body: Body;
}

/** Attributes and blocks within a block, in their order. */
export type Body = ([name: string, value: Hcl] | Block)[];

export const block = (type: string, labels: string[], body: Body): Block => ({ type, labels, body });
export const expression = (text: string) => new Expression(text);
export const jsonencode = (value: unknown) => new Expression("jsonencode", value as Hcl);

/** What Terraform calls what only it knows. */
const NAMES: Record<Unknown, string> = {
  account: "local.account",
  region: "local.region",
  identityPool: "aws_cognito_identity_pool.people.id",
};

const LINE_WIDTH = 100;

/** A file as `terraform fmt` leaves it. */
export function hclFile(blocks: Block[]): string {
  return `${blocks.map((one) => blockText(one, "")).join("\n\n")}\n`;
}

function blockText({ type, labels, body }: Block, indent: string): string {
  const head = [type, ...labels.map((label) => quoted(label))].join(" ");
  if (body.length === 0) return `${indent}${head} {}`;
  const inner = `${indent}  `;
  const lines: string[] = [];
  let run: [name: string, value: string][] = [];
  const endRun = () => {
    lines.push(...aligned(run, inner));
    run = [];
  };
  for (const entry of body) {
    if (Array.isArray(entry)) run.push([entry[0], valueText(entry[1], inner)]);
    else {
      endRun();
      if (lines.length > 0) lines.push("");
      lines.push(blockText(entry, inner));
    }
  }
  endRun();
  return `${indent}${head} {\n${lines.join("\n")}\n${indent}}`;
}

/** Neighbours of one line each have their signs below each other. */
function aligned(entries: [name: string, value: string][], indent: string): string[] {
  const single = ([, value]: [string, string]) => !value.includes("\n");
  return entries.map((entry, at) => {
    const [name, value] = entry;
    if (!single(entry)) return `${indent}${name} = ${value}`;
    let from = at;
    while (from > 0 && single(entries[from - 1] ?? ["", "\n"])) from -= 1;
    let to = at;
    while (to < entries.length && single(entries[to] ?? ["", "\n"])) to += 1;
    const width = Math.max(...entries.slice(from, to).map(([other]) => columns(other)));
    return `${indent}${name}${" ".repeat(width - columns(name))} = ${value}`;
  });
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });
const columns = (text: string) => [...graphemes.segment(text)].length;

function valueText(value: Hcl, indent: string): string {
  if (value instanceof Expression) {
    return value.argument === undefined ? value.text : `${value.text}(${valueText(value.argument, indent)})`;
  }
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return String(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => valueText(item, inner));
    const line = `[${items.join(", ")}]`;
    if (!line.includes("\n") && indent.length + line.length <= LINE_WIDTH) return line;
    return `[\n${items.map((item) => `${inner}${item},\n`).join("")}${indent}]`;
  }
  const entries = Object.entries(value).map(([name, one]): [string, string] => [key(name), valueText(one, inner)]);
  return entries.length === 0 ? "{}" : `{\n${aligned(entries, inner).join("\n")}\n${indent}}`;
}

const key = (name: string) => (/^[A-Za-z_][\w-]*$/.test(name) ? name : quoted(name));

/** A text in quotes, completed by Terraform where it has marks; a mark alone is what it stands for. */
function quoted(text: string): string {
  const parts = cutAtUnknowns(text);
  const [first] = parts;
  if (parts.length === 1 && typeof first === "object") return NAMES[first.unknown];
  return `"${parts.map((part) => (typeof part === "string" ? escaped(part) : `\${${NAMES[part.unknown]}}`)).join("")}"`;
}

/**
 * `$${` is HCL's spelling of `${`. Other signs that could begin a template, `%{` or several `$` in a row, and one that stands before
 * what Terraform completes, are spelled as characters, which no template begins with. (HCL, "Template Expressions".)
 */
function escaped(text: string): string {
  return text
    .replace(/[\\"]/g, "\\$&")
    .replace(/[$%]+(?:\{|$)/g, (run) => (run === "${" ? "$${" : run.replace(/[$%]/g, codeUnit)))
    .replace(/[\p{Cc}\u2028\u2029]/gu, codeUnit);
}

const codeUnit = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
