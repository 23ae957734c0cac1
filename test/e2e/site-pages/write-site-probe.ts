import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { manifestFor } from "../../../build/manifest.mjs";
import { ROOT } from "../../../scripts/ensure-dependencies.mjs";
import type { BrowserName } from "../../support/extension-browser.ts";

/** Writes an extension of Holdall's own content and page scripts and a background that answers by itself. Returns its folder. */
export async function writeSiteProbe(browser: BrowserName): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "holdall-sites-"));
  const source = JSON.parse(await readFile(join(ROOT, "manifest.json"), "utf8"));
  const manifest = manifestFor(source, { browser, version: "1.0.0", local: true });
  manifest.name = manifest.short_name = manifest.description = manifest.action.default_title = "Probe";
  for (const key of ["default_locale", "icons", "commands", "storage"]) delete manifest[key];
  for (const key of ["default_icon", "default_popup"]) delete manifest.action[key];
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  await writeFile(join(folder, "app.html"), `<!doctype html><meta charset="utf-8"><title>Probe</title>`);
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: {
      background: "test/e2e/site-pages/background.ts",
      content: "src/content/content.ts",
      page: "src/page/page.ts",
    },
    outdir: folder,
    bundle: true,
    format: "iife",
    charset: "ascii",
    target: browser === "chromium" ? "chrome148" : "firefox140",
    conditions: ["browser"],
    logLevel: "silent",
  });
  return folder;
}
