/**
 * `node scripts/run.mjs local/main.ts --json`: runs a TypeScript file in this very process, so that signals reach it directly.
 * On a fresh clone it installs first; all of npm's output goes to stderr, since the program owns stdout.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function installOnce() {
  if (existsSync(resolve(root, "node_modules/tsx/package.json"))) return;
  process.stderr.write("Installing dependencies (npm ci) …\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const installed = spawnSync(npm, ["ci", "--no-audit", "--no-fund"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (installed.status !== 0) {
    process.stderr.write("npm ci failed: see above. Is the network there, and is Node 20.19 or newer in use?\n");
    process.exit(1);
  }
}

const [script, ...words] = process.argv.slice(2);
if (script === undefined) {
  process.stderr.write("Usage: node scripts/run.mjs FILE.ts [arguments]\n");
  process.exit(2);
}
installOnce();
const file = resolve(script);
process.argv = [process.execPath, file, ...words];
const { register } = await import("tsx/esm/api");
register();
await import(pathToFileURL(file).href);
