import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Messages, mergeLocales } from "../../build/locales.mjs";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import { errorCodes } from "../../src/shared/error-codes.ts";
import { readSources, type SourceFile, type SyntaxNode, walk } from "./source-graph.ts";

const languages = await mergeLocales(join(ROOT, "_locales"));
const english: Messages = languages.en ?? {};

interface Call {
  where: string;
  /** Keys that the first argument can be; none when it is computed. */
  keys: string[];
  substitutions: number;
}

describe("texts", () => {
  let sources: SourceFile[];
  let calls: Call[];
  beforeAll(async () => {
    sources = await readSources("src");
    calls = sources.flatMap(callsOfT);
  });

  test("every t(…) finds its text", () => {
    expect(calls.length).toBeGreaterThan(20);
    const missing = calls.flatMap(({ where, keys }) =>
      keys.filter((key) => !english[key]).map((key) => `${where}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  test("every t(…) gives as many substitutions as its text takes", () => {
    const wrong = calls.flatMap(({ where, keys, substitutions }) =>
      keys
        .filter((key) => english[key] && placeholdersOf(key) !== substitutions)
        .map((key) => `${where}: ${key} takes ${placeholdersOf(key)} and gets ${substitutions}`),
    );
    expect(wrong).toEqual([]);
  });

  test("every error says what happened and what to do, of what it knows", () => {
    const wrong: string[] = [];
    for (const [code, meaning] of Object.entries(errorCodes)) {
      const known = /\[([^\]]+)\]$/.exec(meaning)?.[1]?.split(",").length ?? 0;
      for (const key of [`error_${code.replaceAll("-", "_")}`, `fix_${code.replaceAll("-", "_")}`]) {
        if (!english[key]?.message) wrong.push(`${key} is missing`);
        if (placeholdersOf(key) > known) wrong.push(`${key} takes ${placeholdersOf(key)} and ${code} knows ${known}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("no text is left over", async () => {
    const literals = new Set(sources.flatMap(stringLiterals));
    const manifest = await readFile(join(ROOT, "manifest.json"), "utf8");
    const codes = new Set(Object.keys(errorCodes).map((code) => code.replaceAll("-", "_")));
    const unused = Object.keys(english).filter(
      (key) =>
        !literals.has(key) &&
        !manifest.includes(`__MSG_${key}__`) &&
        !codes.has(/^(?:error|fix)_(.+)$/.exec(key)?.[1] ?? ""),
    );
    expect(unused).toEqual([]);
  });

  test.each(Object.keys(languages))("language %s has the same texts with the same placeholders", (language) => {
    const messages = languages[language] ?? {};
    expect(Object.keys(messages)).toEqual(Object.keys(english));
    for (const [key, { message }] of Object.entries(messages))
      expect([key, highest(message)]).toEqual([key, placeholdersOf(key)]);
  });

  test("browsers take the keys: letters, digits and underscores", () => {
    expect(Object.keys(english).filter((key) => !/^[a-z][a-z0-9_]*$/.test(key))).toEqual([]);
  });
});

test("two parts that define one key are refused by name", async () => {
  const folder = await mkdtemp(join(tmpdir(), "holdall-locales-"));
  await mkdir(join(folder, "en"));
  await writeFile(join(folder, "en", "a.json"), '{ "same": { "message": "one" } }');
  await writeFile(join(folder, "en", "b.json"), '{ "same": { "message": "two" } }');
  await expect(mergeLocales(folder)).rejects.toThrow(/"same" is defined twice: in a.json and in b.json/);
  await rm(folder, { recursive: true });
});

/** How many substitutions a text takes: the highest of `$1`…`$9`. */
const placeholdersOf = (key: string): number => highest(english[key]?.message ?? "");

function highest(message: string): number {
  return Math.max(0, ...[...message.matchAll(/(?<!\$)\$([1-9])/g)].map(([, digit]) => Number(digit)));
}

function callsOfT({ path, text, tree }: SourceFile): Call[] {
  const calls: Call[] = [];
  walk(tree, (node) => {
    if (node.type !== "CallExpression" || (node.callee as SyntaxNode & { name?: string }).name !== "t") return;
    const [key, ...substitutions] = node.arguments as SyntaxNode[];
    if (!key || substitutions.some(({ type }) => type === "SpreadElement")) return;
    const line = text.slice(0, Number(node.start)).split("\n").length;
    calls.push({ where: `${path}:${line}`, keys: possibleStrings(key), substitutions: substitutions.length });
  });
  return calls;
}

/** The strings that `"a"` or `x ? "a" : "b"` can be. */
function possibleStrings(node: SyntaxNode): string[] {
  if (node.type === "ConditionalExpression") {
    return [...possibleStrings(node.consequent as SyntaxNode), ...possibleStrings(node.alternate as SyntaxNode)];
  }
  return typeof node.value === "string" ? [node.value] : [];
}

function stringLiterals({ tree }: SourceFile): string[] {
  const found: string[] = [];
  walk(tree, (node) => {
    if (node.type === "Literal" && typeof node.value === "string") found.push(node.value);
  });
  return found;
}
