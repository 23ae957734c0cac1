import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { manifestFor } from "../../build/manifest.mjs";
import { ROOT } from "../../scripts/ensure-dependencies.mjs";
import type { BrowserName } from "./extension-browser.ts";

/** What the probe's background does: enough to see that each ability of a driver works. Runs as plain JavaScript in both browsers. */
const BACKGROUND = `
  const api = globalThis.browser ?? chrome;
  const born = crypto.randomUUID();
  api.runtime.onInstalled.addListener(() => api.contextMenus.create({ id: "probe-save", title: "Save to the probe", contexts: ["image"] }));
  api.contextMenus.onClicked.addListener(({ menuItemId, srcUrl, pageUrl }) => api.storage.local.set({ click: { menuItemId, srcUrl, pageUrl } }));
  api.runtime.onMessage.addListener(({ kind, value }) => {
    if (kind === "born") return Promise.resolve(born);
    if (kind === "store") return api.storage.local.set({ value });
    if (kind === "click") return api.storage.local.get("click").then(({ click }) => click ?? null);
    if (kind === "fetch") return fetch(value).then((response) => response.text());
    if (kind === "sign-in") return api.identity.launchWebAuthFlow({ url: value, interactive: true });
  });`;

const PAGE = `<!doctype html><meta charset="utf-8"><title>Probe</title><h1>Probe</h1><script src="page.js"></script>`;

const PAGE_SCRIPT = `
  globalThis.send = (message) => (globalThis.browser ?? chrome).runtime.sendMessage(message);
  const open = () => new Promise((resolve, reject) => {
    const opening = indexedDB.open("probe", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("values");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => resolve(opening.result);
  });
  globalThis.remember = async (value) => {
    const transaction = (await open()).transaction("values", "readwrite", { durability: "strict" });
    transaction.objectStore("values").put({ value, filler: "filler ".repeat(50) }, 1);
    return new Promise((resolve) => { transaction.oncomplete = () => resolve(true); });
  };
  globalThis.recall = async () => {
    const request = (await open()).transaction("values").objectStore("values").get(1);
    return new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
  };`;

/** Writes a throw-away extension with Holdall's own manifest, to prove the drivers without Holdall. Returns its folder. */
export async function writeProbeExtension(browser: BrowserName): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "holdall-probe-"));
  const source = JSON.parse(await readFile(join(ROOT, "manifest.json"), "utf8"));
  const manifest = manifestFor(source, { browser, version: "1.0.0", local: true });
  manifest.name = manifest.description = manifest.action.default_title = "Probe";
  for (const key of ["default_locale", "icons", "storage"]) delete manifest[key];
  delete manifest.action.default_icon;
  const files = {
    "manifest.json": JSON.stringify(manifest),
    "background.js": BACKGROUND,
    "popup.html": PAGE,
    "app.html": PAGE,
    "page.js": PAGE_SCRIPT,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}
