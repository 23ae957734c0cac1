import { copyFile, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { manifestFor } from "../../../build/manifest.mjs";
import { ROOT } from "../../../scripts/ensure-dependencies.mjs";
import type { BrowserName } from "../../support/extension-browser.ts";

const PAGE = `<!doctype html><meta charset="utf-8"><title>Probe</title><input type="file"><script src="page.js"></script>`;

/** Writes an extension that is Holdall's transfer host alone, with Holdall's manifest. Returns its folder. */
export async function writeHostProbe(browser: BrowserName): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "holdall-host-"));
  const source = JSON.parse(await readFile(join(ROOT, "manifest.json"), "utf8"));
  const manifest = manifestFor(source, { browser, version: "1.0.0", local: true });
  manifest.name = manifest.short_name = manifest.description = manifest.action.default_title = "Probe";
  for (const key of ["default_locale", "icons", "storage"]) delete manifest[key];
  delete manifest.action.default_icon;
  await writeFile(join(folder, "manifest.json"), JSON.stringify(manifest));
  for (const name of ["app.html", "popup.html"]) await writeFile(join(folder, name), PAGE);
  await copyFile(join(ROOT, "src/transfer-host/offscreen.html"), join(folder, "offscreen.html"));
  await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: {
      background: `test/e2e/transfer-host/background-${browser}.ts`,
      page: "test/e2e/transfer-host/page.ts",
      offscreen: "src/transfer-host/offscreen.ts",
    },
    outdir: folder,
    bundle: true,
    format: "iife",
    minify: true,
    target: browser === "chromium" ? "chrome148" : "firefox140",
    conditions: ["browser"],
    logLevel: "silent",
  });
  return folder;
}
