// @ts-check
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gzipSync } from "node:zlib";
import { BUDGETS } from "../../build/bundles.mjs";
import { row } from "../lib/row.mjs";

/** What each page or the worker loads at once, scripts and styles, the larger of both browsers' builds. @type {import("../lib/groups.mjs").Group} */
export const bundles = {
  ids: Object.keys(BUDGETS).map((name) => `bundle-${name}`),
  async measure(world) {
    const builds = await world.release();
    return Promise.all(
      Object.entries(BUDGETS).map(async ([name, limit]) => {
        const sizes = await Promise.all(builds.map((build) => loadedSize(build, name)));
        return row({
          id: `bundle-${name}`,
          what: `${name}, loaded at once`,
          value: Math.max(...sizes),
          unit: "KB gzip",
          limit,
        });
      }),
    );
  },
};

/** Kilobytes of 1,000 bytes. @param {{ path: string, metafile: import("esbuild").Metafile }} build @param {string} name */
async function loadedSize({ path, metafile }, name) {
  let bytes = 0;
  for (const file of filesOf(metafile, `${name}.js`)) {
    bytes += gzipSync(await readFile(join(path, file)), { level: 9 }).length;
  }
  return bytes / 1000;
}

/** An entry, the chunks that it imports at once, and their styles. @param {import("esbuild").Metafile} metafile @param {string} entry */
function filesOf(metafile, entry) {
  const outputs = new Map(Object.entries(metafile.outputs).map(([file, output]) => [basename(file), output]));
  const found = new Set([entry]);
  for (const file of found) {
    const { imports = [], cssBundle } = outputs.get(file) ?? {};
    for (const { path, kind, external } of imports) {
      if (kind === "import-statement" && !external) found.add(basename(path));
    }
    if (cssBundle) found.add(basename(cssBundle));
  }
  return found;
}
