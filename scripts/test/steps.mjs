// @ts-check
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../ensure-dependencies.mjs";

/** @param {string} file path of an installed package's program */
const packaged = (file) => join(ROOT, "node_modules", file);

/**
 * @typedef {object} Step
 * @property {string} part the word that selects it: `npm test -- lint`
 * @property {string} name
 * @property {string[]} command arguments of node
 */

/** @type {Step[]} each counts as one test */
export const STEPS = [
  { part: "typecheck", name: "type check", command: [join(ROOT, "scripts/typecheck.mjs")] },
  {
    part: "lint",
    name: "biome",
    command: [packaged("@biomejs/biome/bin/biome"), "check", "--error-on-warnings", "."],
  },
  { part: "lint", name: "knip", command: [packaged("knip/bin/knip.js")] },
  { part: "bundle", name: "npm run build", command: [join(ROOT, "build.mjs")] },
];

export const VITEST = packaged("vitest/vitest.mjs");

/** Libraries' notices about Node 20, which would bury what a test has to say; no colours where nobody sees them. */
const ENVIRONMENT = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  ...(process.stdout.isTTY ? {} : { NO_COLOR: "1" }),
};

/**
 * @param {string[]} command arguments of node
 * @param {{ show: boolean }} options `show`: pass the output on while it comes
 * @returns {Promise<{ ok: boolean, output: string, seconds: number }>}
 */
export function runNode(command, { show }) {
  const began = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...ENVIRONMENT },
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
        if (show) process.stdout.write(chunk);
      });
    }
    child.once("close", (code) => resolve({ ok: code === 0, output, seconds: (performance.now() - began) / 1000 }));
  });
}
