// @ts-check
import { readFile } from "node:fs/promises";
import { mustMatch } from "./must-match.mjs";

/**
 * rrweb-snapshot holds a CSS parser, two thirds of its code, for playing back what it recorded. Nothing here does that, yet
 * bundlers keep it for statements that read its properties and do nothing with them. Marked as what they are, they go.
 */
export const snapshotWithoutReplay = () =>
  mustMatch("snapshot-without-replay", (build, matched) => {
    build.onLoad({ filter: /[\\/]rrweb-snapshot[\\/]dist[\\/]rrweb-snapshot\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const contents = source
        .replace(/^import_postcss\.default\.\w+;$/gm, "")
        .replace(/^(var import_postcss = .*?__toESM\()\(/m, "$1/* @__PURE__ */ (")
        .replace(/^var postcss_default = import_postcss\.default;$/m, (statement) => {
          matched(path);
          return statement.replace(/= (.*);$/, "= /* @__PURE__ */ (() => $1)();");
        });
      return { contents, loader: "js" };
    });
  });
