import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { INJECTED } from "../../../build/bundles.mjs";
import { manifestFor } from "../../../build/manifest.mjs";
import { ROOT } from "../../../scripts/ensure-dependencies.mjs";
import type { BrowserName } from "../../support/extension-browser.ts";

const PAGE = `<!doctype html><meta charset="utf-8"><title>Probe</title><script src="page.js"></script>`;

/** Writes an extension that takes pages and does nothing else, with the permissions of a release. Returns its folder. */
export async function writePageProbe(browser: BrowserName): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "holdall-pages-"));
  const source = JSON.parse(await readFile(join(ROOT, "manifest.json"), "utf8"));
  const manifest = manifestFor(source, { browser, version: "1.0.0", local: false });
  manifest.name = manifest.short_name = manifest.description = manifest.action.default_title = "Probe";
  for (const key of ["default_locale", "icons", "commands", "storage"]) delete manifest[key];
  // A click on the button gives `activeTab`, as a menu or a shortcut does; nothing opens.
  for (const key of ["default_icon", "default_popup"]) delete manifest.action[key];
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "app.html"), PAGE);
  const bundles: { entry: string; name: string; options: esbuild.BuildOptions }[] = [
    { entry: "test/e2e/page-takes/background.ts", name: "background", options: { format: "iife" } },
    { entry: "test/e2e/page-takes/page.ts", name: "page", options: { format: "iife" } },
    ...INJECTED,
  ];
  for (const { entry, name, options } of bundles) {
    await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: { [name]: entry },
      outdir: folder,
      bundle: true,
      minify: true,
      target: browser === "chromium" ? "chrome148" : "firefox140",
      conditions: ["browser"],
      logLevel: "silent",
      ...options,
    });
  }
  return folder;
}
