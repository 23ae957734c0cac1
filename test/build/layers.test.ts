import { beforeAll, describe, expect, test } from "vitest";
import { readSources, type SourceFile, type SyntaxNode, walk } from "./source-graph.ts";

/**
 * Imports go one way: contexts → services → bases. Types follow the same rules as code: a service that knows another one's types
 * cannot be changed alone either.
 */
const BASES = ["messaging", "platform", "ui", "shared"];
const SERVICES = ["auth", "aws", "transfers", "captures", "sites", "profiles", "setup", "doctor"];
/** Hold secrets and move bytes: the only contexts that may use services. */
const TRUSTED_CONTEXTS = ["background", "transfer-host"];
const PAGE_CONTEXTS = ["popup", "app", "consent", "content", "page"];

/** What a folder of src may import, itself aside. */
const MAY_IMPORT: Record<string, string[]> = {
  shared: [],
  platform: ["shared"],
  messaging: ["platform", "shared"],
  ui: ["messaging", "platform", "shared"],
  ...Object.fromEntries(SERVICES.map((service) => [service, BASES])),
  // In Firefox the background page is the transfer host.
  background: [...SERVICES, ...BASES, "transfer-host"],
  "transfer-host": [...SERVICES, ...BASES],
  // setup is pure, and permissions.request needs it in the page that was clicked.
  ...Object.fromEntries(PAGE_CONTEXTS.map((context) => [context, ["setup", ...BASES]])),
};

/** Which folders may use a package. Packages that are not named here belong nowhere in src. */
const PACKAGES: [package_: RegExp, folders: string[]][] = [
  [/^@aws-sdk\//, ["aws"]],
  [/^oauth4webapi$/, ["auth"]],
  [/^webextension-polyfill$/, ["platform"]],
  [/^idb$/, ["transfers", "captures", "background"]],
  [
    /^valibot$/,
    ["messaging", "profiles", "setup", "aws", "auth", "captures", "transfers", "sites", "doctor", "background"],
  ],
  [/^lossless-json$/, ["ui"]],
  [/^(preact|@preact\/signals)(\/|$)/, ["ui", "popup", "app", "consent"]],
];

/** The command line of `npm run setup` runs in Node; nothing of the extension imports it. */
const NODE_PROGRAMS = ["src/setup/cli.ts", "src/setup/cli-arguments.ts"];

const folderOf = (path: string) => path.split("/")[1] ?? "";

describe("layers", () => {
  let sources: SourceFile[];
  beforeAll(async () => {
    sources = await readSources("src");
  });

  test("the parser sees imports", () => {
    expect(sources.length).toBeGreaterThan(50);
    expect(sources.filter(({ imports }) => imports.length > 0).length).toBeGreaterThan(sources.length / 2);
  });

  test("every folder is a context, a service or a base", () => {
    const known = [...BASES, ...SERVICES, ...TRUSTED_CONTEXTS, ...PAGE_CONTEXTS];
    expect(sources.filter(({ path }) => !known.includes(folderOf(path))).map(({ path }) => path)).toEqual([]);
  });

  test("folders import only what their layer may", () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => target.startsWith("src/") && folderOf(target) !== folderOf(path))
        .filter(({ target }) => !MAY_IMPORT[folderOf(path)]?.includes(folderOf(target)))
        .map(({ target }) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("nothing in src imports from outside of src", () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => /^(\.\.|local|test|scripts|build|bench)\//.test(target))
        .map(({ target }) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("packages are used in their folders only", () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => !target.startsWith("src/") && !target.endsWith(".css"))
        .filter(({ target }) => !(target.startsWith("node:") && NODE_PROGRAMS.includes(path)))
        .filter(
          ({ target }) => !PACKAGES.some(([name, folders]) => name.test(target) && folders.includes(folderOf(path))),
        )
        .map(({ target }) => `${path} imports ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test("nothing of the extension imports the command line", () => {
    const wrong = sources.filter(
      ({ path, imports }) =>
        !NODE_PROGRAMS.includes(path) && imports.some(({ target }) => NODE_PROGRAMS.includes(target)),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  test("only platform/ touches the browser's API", () => {
    const wrong = sources
      .filter(({ path }) => folderOf(path) !== "platform")
      .filter(
        ({ tree, imports }) =>
          usesExtensionApi(tree) || imports.some(({ target }) => target === "src/platform/browser.ts"),
      )
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });
});

/** Whether `chrome.…`, `browser.…` or the same on `globalThis` is read as a value. */
function usesExtensionApi(tree: SyntaxNode): boolean {
  let used = false;
  walk(tree, (node) => {
    if (node.type !== "MemberExpression") return;
    const { object, property } = node as unknown as { object: SyntaxNode; property: SyntaxNode };
    if (isNamed(object, ["chrome", "browser"])) used = true;
    if (isNamed(object, ["globalThis", "self", "window"]) && isNamed(property, ["chrome", "browser"])) used = true;
  });
  return used;
}

function isNamed(node: SyntaxNode, names: string[]): boolean {
  return node.type === "Identifier" && names.includes(String(node.name));
}
