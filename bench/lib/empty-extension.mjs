// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * An extension whose worker does nothing but answer a message: the least that any worker takes to wake.
 *
 * @param {string} folder is made
 * @returns {Promise<string>} `folder`
 */
export async function writeEmptyExtension(folder) {
  await mkdir(folder, { recursive: true });
  const files = {
    "manifest.json": JSON.stringify({
      manifest_version: 3,
      name: "Empty",
      version: "1",
      background: { service_worker: "background.js" },
    }),
    "background.js": "chrome.runtime.onMessage.addListener((_message, _sender, answer) => answer(1));\n",
    "page.html": "<!doctype html><title>Empty</title>\n",
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}
