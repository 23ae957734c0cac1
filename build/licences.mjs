// @ts-check
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * @param {import("esbuild").Metafile} metafile
 * @returns {string[]} folders of the packages that went into the bundles, for example `node_modules/preact`
 */
export function bundledPackages(metafile) {
  const folders = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
      if (folder && bytesInOutput > 0) folders.add(folder);
    }
  }
  return [...folders].sort();
}

/**
 * The text that goes along with the bundles: the licences of what they contain ask for it.
 *
 * @param {string} root the repository
 * @param {string[]} folders see bundledPackages
 * @returns {Promise<string>} every licence text once, under the packages it covers
 */
export async function licenceTexts(root, folders) {
  /** @type {Map<string, string[]>} */
  const packagesByText = new Map();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"));
    const file = (await readdir(join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? (await readFile(join(root, folder, file), "utf8")).trim() : "";
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return [...packagesByText]
    .map(([text, packages]) => `${packages.join("\n")}\n\n${text}\n`)
    .join(`\n${"-".repeat(80)}\n\n`);
}
