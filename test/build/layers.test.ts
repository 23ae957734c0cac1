import { beforeAll, describe, expect, test } from "vitest";
import { FOLDERS, folderOf, forbiddenImports, usesExtensionApi } from "./layer-rules.ts";
import { parseSource, readSources, type SourceFile } from "./source-graph.ts";

describe("the source", () => {
  let sources: SourceFile[];
  beforeAll(async () => {
    sources = await readSources("src");
  });

  test("is read", () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter(({ imports }) => imports.length > 0).length).toBeGreaterThan(sources.length / 2);
  });

  test("lies in contexts, services and bases", () => {
    expect(sources.map(({ path }) => path).filter((path) => !FOLDERS.includes(folderOf(path)))).toEqual([]);
  });

  test("imports one way only", () => {
    expect(sources.flatMap(forbiddenImports)).toEqual([]);
  });

  test("touches the browser's API in platform/ alone", () => {
    const wrong = sources.filter(({ path, tree }) => folderOf(path) !== "platform" && usesExtensionApi(tree));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe("the rules", () => {
  test.each([
    ["src/popup/a.ts", 'import { x } from "../auth/b.ts"'],
    ["src/popup/a.ts", 'import type { X } from "../auth/b.ts"'],
    ["src/auth/a.ts", 'import { x } from "../aws/b.ts"'],
    ["src/auth/a.ts", 'export { x } from "../aws/b.ts"'],
    ["src/auth/a.ts", 'export * from "../aws/b.ts"'],
    ["src/auth/a.ts", 'const x = await import("../aws/b.ts")'],
    ["src/shared/a.ts", 'import { x } from "../platform/b.ts"'],
    ["src/messaging/a.ts", 'import { x } from "../background/b.ts"'],
    ["src/ui/a.tsx", 'import { S3Client } from "@aws-sdk/client-s3"'],
    ["src/aws/a.ts", 'import { x } from "oauth4webapi"'],
    ["src/auth/a.ts", 'import browser from "webextension-polyfill"'],
    ["src/auth/a.ts", 'import { browser } from "../platform/browser.ts"'],
    ["src/auth/a.ts", 'import { readFile } from "node:fs/promises"'],
    ["src/aws/a.ts", 'import { x } from "../../local/config.ts"'],
    ["src/background/a.ts", 'import { x } from "../setup/cli.ts"'],
  ])("refuse %s: %s", (path, code) => {
    expect(forbiddenImports(parseSource(path, code))).toHaveLength(1);
  });

  test.each([
    ["src/background/a.ts", 'import { x } from "../auth/b.ts"'],
    ["src/auth/a.ts", 'import { x } from "./deeper/b.ts"'],
    ["src/app/a.tsx", 'import { x } from "../setup/hosts.ts"'],
    ["src/ui/a.tsx", 'import { signal } from "@preact/signals"'],
    ["src/setup/cli.ts", 'import { argv } from "node:process"'],
  ])("allow %s: %s", (path, code) => {
    expect(forbiddenImports(parseSource(path, code))).toEqual([]);
  });

  test.each(["chrome.tabs.query({})", "browser.storage.local", "globalThis.chrome", "const { tabs } = self.browser"])(
    "see the browser's API in %s",
    (code) => expect(usesExtensionApi(parseSource("src/auth/a.ts", code).tree)).toBe(true),
  );

  test("do not take a type or a word for the API", () => {
    const { tree } = parseSource(
      "src/auth/a.ts",
      'type T = chrome.tabs.Tab; const name = "chrome.tabs"; this.browser.open();',
    );
    expect(usesExtensionApi(tree)).toBe(false);
  });
});
