// @ts-check
/**
 * Builds the extension.
 *
 *   node build.mjs                        dist/chromium and dist/firefox
 *   node build.mjs --browser firefox      one of them
 *   node build.mjs --local profile.json   dist/local-chromium and dist/local-firefox: the same with loopback host permissions and
 *                                         with the profile (or list of profiles) of that file in place
 *   --out DIR      in place of dist/      --dev   source maps, not minified
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { bundle } from "./build/bundles.mjs";
import { bundledPackages, licenceTexts } from "./build/licences.mjs";
import { mergeLocales } from "./build/locales.mjs";
import { manifestFor } from "./build/manifest.mjs";

const ROOT = dirname(fileURLToPath(import.meta.url));

/** @type {import("./build/manifest.mjs").Browser[]} */
export const BROWSERS = ["chromium", "firefox"];

/**
 * Writes one browser's extension into `outdir`, which is emptied first.
 *
 * @param {object} options
 * @param {import("./build/manifest.mjs").Browser} options.browser
 * @param {string} options.outdir
 * @param {object[] | null} [options.localProfiles] profiles of a build for local use; null or absent for a release
 * @param {boolean} [options.dev]
 * @returns {Promise<import("esbuild").Metafile>}
 */
export async function build({ browser, outdir, localProfiles = null, dev = false }) {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });

  const metafile = await bundle({ root: ROOT, browser, outdir, dev });

  const source = await readJson("manifest.json");
  const { version } = await readJson("package.json");
  await writeJson(
    join(outdir, "manifest.json"),
    manifestFor(source, { browser, version, local: localProfiles !== null }),
  );
  await writeJson(join(outdir, "profiles.json"), localProfiles ?? []);

  for (const [language, messages] of Object.entries(await mergeLocales(join(ROOT, "_locales")))) {
    await writeJson(join(outdir, "_locales", language, "messages.json"), messages);
  }

  await cp(join(ROOT, "src/popup/popup.html"), join(outdir, "popup.html"));
  await cp(join(ROOT, "src/app/app.html"), join(outdir, "app.html"));
  await cp(join(ROOT, "src/consent/consent.html"), join(outdir, "consent.html"));
  if (browser === "chromium") {
    await cp(join(ROOT, "src/transfer-host/offscreen.html"), join(outdir, "offscreen.html"));
    await cp(join(ROOT, "managed-schema.json"), join(outdir, "managed-schema.json"));
  }
  await cp(join(ROOT, "icons"), join(outdir, "icons"), { recursive: true, filter: (path) => !path.endsWith(".svg") });
  await writeFile(join(outdir, "licences.txt"), await licenceTexts(ROOT, bundledPackages(metafile)));
  return metafile;
}

/** @param {string} path relative to the repository */
async function readJson(path) {
  return JSON.parse(await readFile(resolve(ROOT, path), "utf8"));
}

/** @param {string} path @param {unknown} value */
async function writeJson(path, value) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** @param {string} outdir */
async function printSizes(outdir) {
  const names = (await readdir(outdir)).filter((name) => /\.(js|css)$/.test(name)).sort();
  for (const name of names) {
    const bytes = await readFile(join(outdir, name));
    console.log(
      `  ${name.padEnd(24)} ${kilobytes(bytes.length)} KB  ${kilobytes(gzipSync(bytes, { level: 9 }).length)} KB gzip`,
    );
  }
}

/** @param {number} bytes */
const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(7);

async function main() {
  const { values } = parseArgs({
    options: {
      browser: { type: "string" },
      local: { type: "string" },
      out: { type: "string" },
      dev: { type: "boolean" },
    },
  });
  const out = resolve(values.out ?? join(ROOT, "dist"));
  const localProfiles = values.local ? [await readJson(resolve(values.local))].flat() : null;
  for (const browser of BROWSERS.filter((name) => !values.browser || name === values.browser)) {
    const outdir = join(out, localProfiles ? `local-${browser}` : browser);
    const metafile = await build({ browser, outdir, localProfiles, dev: values.dev ?? false });
    await writeJson(join(ROOT, ".cache", "build", `${localProfiles ? "local-" : ""}${browser}.json`), metafile);
    console.log(outdir);
    await printSizes(outdir);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
