// @ts-check
// Runs before anything is installed and perhaps on an old Node: nothing but plain built-ins here.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const MINIMUM_NODE = [20, 19];

/**
 * Makes sure that Node is new enough and that node_modules holds what package-lock.json says; installs it if not.
 * What npm prints goes to stderr: a program that runs after this may own stdout.
 *
 * @returns {Promise<{ installed: boolean }>}
 */
export async function ensureDependencies() {
  checkNode(process.versions.node);
  if (isInstalled(ROOT)) return { installed: false };
  process.stderr.write("Installing dependencies (npm ci) …\n");
  const code = await run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code !== 0) {
    throw new Error(
      "npm ci failed, its own words are above. Check that the package registry can be reached (npm ping) and that this folder can be written, then run the command again.",
    );
  }
  return { installed: true };
}

/** @param {string} version for example `20.19.1` */
export function checkNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [needMajor = 0, needMinor = 0] = MINIMUM_NODE;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  throw new Error(
    `Holdall's tools need Node.js ${MINIMUM_NODE.join(".")} or newer, and this is ${version}. Install a current version from https://nodejs.org (or "nvm install 22") and run the command again.`,
  );
}

/**
 * npm writes down in node_modules/.package-lock.json what it installed, as its last step: an interrupted install has no such file.
 * Optional packages of other platforms are missing there, and that is right.
 *
 * @param {string} root folder with package-lock.json
 * @returns {boolean}
 */
export function isInstalled(root) {
  const wanted = readPackages(join(root, "package-lock.json"));
  const present = readPackages(join(root, "node_modules", ".package-lock.json"));
  if (!wanted) throw new Error("package-lock.json is missing or damaged: restore it from git.");
  if (!present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = present[path];
    return found ? found.version === entry.version : entry.optional === true;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, { version: string, optional?: boolean }> | null}
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return null; // absent or cut short: both mean "install"
  }
}

/**
 * @param {string} command @param {string[]} args
 * @returns {Promise<number | null>} the exit code
 */
function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
    child.once("error", reject);
    child.once("exit", resolve);
  });
}
