import { readdir, readFile } from "node:fs/promises";
import { join, posix, relative } from "node:path";
import { parseAst } from "vitest/node";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";

/** A node of the syntax tree: what the tests need of ESTree. */
export interface SyntaxNode {
  type: string;
  [field: string]: unknown;
}

export interface SourceFile {
  /** Relative to the repository, with forward slashes: `src/auth/discover.ts`. */
  path: string;
  text: string;
  tree: SyntaxNode;
  imports: Import[];
}

export interface Import {
  /** Path relative to the repository for one of our files, else the package's specifier. */
  target: string;
}

const IMPORTING = new Set(["ImportDeclaration", "ExportNamedDeclaration", "ExportAllDeclaration", "ImportExpression"]);

/** Parses every TypeScript file below a folder of the repository. */
export async function readSources(folder: string): Promise<SourceFile[]> {
  const entries = await readdir(join(ROOT, folder), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name));
  return Promise.all(files.map((entry) => readSource(join(entry.parentPath, entry.name))));
}

async function readSource(file: string): Promise<SourceFile> {
  return parseSource(relative(ROOT, file).replaceAll("\\", "/"), await readFile(file, "utf8"));
}

/** @param path relative to the repository; the file need not exist */
export function parseSource(path: string, text: string): SourceFile {
  const tree = parseAst(text, { lang: path.endsWith("x") ? "tsx" : "ts" }) as unknown as SyntaxNode;
  const imports: Import[] = [];
  walk(tree, (node) => {
    if (!IMPORTING.has(node.type)) return;
    const specifier = (node.source as { value?: unknown } | null)?.value;
    if (typeof specifier !== "string" || specifier.endsWith(".css")) return;
    imports.push({ target: specifier.startsWith(".") ? posix.join(posix.dirname(path), specifier) : specifier });
  });
  return { path, text, tree, imports };
}

/** Visits a node and all below it. */
export function walk(node: SyntaxNode, visit: (node: SyntaxNode) => void): void {
  visit(node);
  for (const child of Object.values(node)) {
    for (const part of Array.isArray(child) ? child : [child]) {
      if (isNode(part)) walk(part, visit);
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
