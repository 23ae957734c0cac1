// @ts-check
/** Renders icons/icon.svg into the PNGs of the manifest. Run it after a change of the SVG: `node scripts/render-icons.mjs`. */
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { findBrowser } from "./find-browser.mjs";

const SIZES = [16, 32, 48, 128];
const icons = join(dirname(fileURLToPath(import.meta.url)), "..", "icons");

const { path: executablePath } = findBrowser("chromium");
if (!executablePath) throw new Error("No Chromium or Chrome found: set CHROMIUM_PATH to its executable");
const browser = await puppeteer.launch({ executablePath, headless: true, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  const svg = await readFile(join(icons, "icon.svg"), "utf8");
  for (const size of SIZES) {
    await page.setViewport({ width: size, height: size });
    await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
    await page.screenshot({ path: join(icons, `icon-${size}.png`), omitBackground: true });
  }
} finally {
  await browser.close();
}
