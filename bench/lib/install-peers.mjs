// @ts-check
// Runs before anything is installed: plain built-ins only.
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { ensureDependencies, isInstalled } from "../../scripts/ensure-dependencies.mjs";

const BENCH = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Makes sure that Holdall's own dependencies and those of bench/ are there. npm's words go to stderr: stdout is the table's.
 *
 * @throws {Error} that says what to do
 */
export async function installPeers() {
  await ensureDependencies();
  if (isInstalled(BENCH)) return;
  process.stderr.write("Installing what Holdall is measured against (npm ci in bench/) …\n");
  const code = await new Promise((resolve, reject) => {
    const npm = spawn("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd: BENCH,
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    });
    npm.once("error", reject);
    npm.once("exit", resolve);
  });
  if (code !== 0) throw new Error("npm ci in bench/ failed, its own words are above. Check the network (npm ping).");
}
