import { type SourceFile, type SyntaxNode, walk } from "./source-graph.ts";

/**
 * Imports go one way: contexts → services → bases. Types follow the same rules as code: a service that knows another one's types
 * cannot be changed alone either.
 */
const BASES = ["messaging", "platform", "ui", "shared"];
const SERVICES = ["auth", "aws", "transfers", "captures", "sites", "profiles", "setup", "doctor"];
/** Hold secrets and move bytes: the only contexts that may use services. */
const TRUSTED_CONTEXTS = ["background", "transfer-host"];
const PAGE_CONTEXTS = ["popup", "app", "consent", "content", "page"];
/** Scripts that are put into other people's pages: they reach nothing of the extension. */
const FOREIGN_CONTEXTS = ["inject"];

export const FOLDERS = [...BASES, ...SERVICES, ...TRUSTED_CONTEXTS, ...PAGE_CONTEXTS, ...FOREIGN_CONTEXTS];

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
  ...Object.fromEntries(FOREIGN_CONTEXTS.map((context) => [context, ["shared"]])),
};

/** Which folders may use a package. Packages that are not named here belong nowhere in src. */
const PACKAGES: [name: RegExp, folders: string[]][] = [
  [/^@(aws-sdk|smithy)\//, ["aws"]],
  // SHA-256 in pieces, which browsers have not.
  [/^@smithy\/core\/checksum$/, ["captures"]],
  [/^oauth4webapi$/, ["auth"]],
  [/^webextension-polyfill$/, ["platform"]],
  [/^idb$/, ["platform", "transfers", "captures", "sites"]],
  [/^valibot$/, ["messaging", "background", ...SERVICES]],
  [/^lossless-json$/, ["ui"]],
  [/^(turndown|turndown-plugin-gfm|rrweb-snapshot)$/, ["inject"]],
  [/^(preact|@preact\/signals)(\/|$)/, ["ui", "popup", "app", "consent"]],
];

/** The command line of `npm run setup` runs in Node; nothing of the extension may import it. */
const NODE_PROGRAMS = ["src/setup/cli.ts", "src/setup/cli-arguments.ts"];

export const folderOf = (path: string): string => path.split("/")[1] ?? "";

/** Every import of a file that its layer forbids, as `importer → target`. */
export function forbiddenImports(file: Pick<SourceFile, "path" | "imports">): string[] {
  return file.imports
    .filter(({ target }) => !isAllowed(file.path, target))
    .map(({ target }) => `${file.path} → ${target}`);
}

function isAllowed(path: string, target: string): boolean {
  const folder = folderOf(path);
  const inNode = NODE_PROGRAMS.includes(path);
  if (NODE_PROGRAMS.includes(target)) return inNode;
  if (target === "src/platform/browser.ts") return folder === "platform";
  if (target.startsWith("src/"))
    return folderOf(target) === folder || (MAY_IMPORT[folder]?.includes(folderOf(target)) ?? false);
  if (target.startsWith("node:")) return inNode;
  return PACKAGES.some(([name, folders]) => name.test(target) && folders.includes(folder));
}

/** Whether `chrome.…`, `browser.…` or the same on `globalThis` is read as a value. */
export function usesExtensionApi(tree: SyntaxNode): boolean {
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
