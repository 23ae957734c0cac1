import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";

/** Files that are, or would be, in git. */
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: ROOT,
  encoding: "utf8",
})
  .split("\n")
  .filter((path) => path !== "");
const text = (path: string) => readFileSync(join(ROOT, path), "utf8");
const code = files.filter((path) => /\.(ts|tsx|mjs|css|html)$/.test(path));

test("no file names a folder of the machine it was written on", () => {
  expect(code.length).toBeGreaterThan(50);
  const folders = /(?<![\w.])\/(?:work|root|home|Users)\/\w/;
  expect(files.filter((path) => !/\.(png|svg|jpe?g|webp)$/.test(path) && folders.test(text(path)))).toEqual([]);
});

test("package-lock.json names no registry but npm's", () => {
  for (const path of files.filter((name) => name.endsWith("package-lock.json"))) {
    for (const [, url = ""] of text(path).matchAll(/"resolved": "([^"]+)"/g))
      expect(url).toMatch(/^https:\/\/registry\.npmjs\.org\//);
  }
});

test("no source file is longer than 250 lines", () => {
  const sources = code.filter((path) => /^(src|local|build|scripts)\//.test(path));
  const long = sources
    .map((path) => [path, text(path).split("\n").length - 1] as const)
    .filter(([, lines]) => lines > 250);
  expect(long).toEqual([]);
});

test("files are named in kebab-case", () => {
  const wrong = code.filter(
    (path) => !/^(?:[a-z0-9_.-]+\/)*[a-z0-9]+(?:[-.][a-z0-9]+)*\.(ts|tsx|mjs|css|html)$/.test(path),
  );
  expect(wrong).toEqual([]);
});

test("nothing is left to do later", () => {
  const marks = new RegExp(`\\b(${["TO", "DO"].join("")}|FIX${"ME"}|XX${"X"})\\b`);
  expect(code.filter((path) => marks.test(text(path)))).toEqual([]);
});

test("the compiler and the linter are not told to look away", () => {
  const excuses = new RegExp(`@ts-(${"ignore"}|${"nocheck"}|expect-error)|biome-${"ignore"}-all|\\bas ${"any"}\\b`);
  expect(code.filter((path) => excuses.test(text(path)) && !path.endsWith(".test-d.ts"))).toEqual([]);
});

test("package-lock.json knows the optional packages of every platform: npm ci refuses it otherwise", () => {
  const { packages } = JSON.parse(text("package-lock.json")) as {
    packages: Record<string, { optionalDependencies?: Record<string, string> }>;
  };
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});
